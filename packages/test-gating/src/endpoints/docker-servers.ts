import { subscribe } from 'node:diagnostics_channel';
import { existsSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readAddresses } from './address.js';

const DOCKER_PORT = 2375;
/** A port of this machine that leads into a container, in an answer of Docker's API. */
const MAPPED_PORT = /"HostPort":"(\d{1,5})"|"PublicPort":(\d{1,5})/g;
/** As much of an answer as may hold the beginning of such a port. */
const REST_LENGTH = 32;

/** Where a Docker engine answers. */
export interface DockerEngine {
  /** Rules of the guard: its sockets or its host, whose other ports lead into containers. */
  readonly rules: readonly string[];
  /** Whether a request goes to it. */
  isAsked(request: { socketPath?: string | undefined; host?: string; port?: number }): boolean;
}

/** The engine that clients of Docker take: the one that `DOCKER_HOST` names, else the sockets that are there. */
export function dockerEngine(env: NodeJS.ProcessEnv, home = homedir()): DockerEngine {
  const { DOCKER_HOST: named = '', XDG_RUNTIME_DIR: runtime = '' } = env;
  const [place] = named === '' ? [] : readAddresses(named, { example: `tcp://localhost:${DOCKER_PORT}` });
  if (place && place.socket === undefined) {
    const isAsked: DockerEngine['isAsked'] = ({ host, port }) => host === place.host && port === place.port;
    return { rules: [place.host], isAsked };
  }
  const usual = [
    '/var/run/docker.sock',
    ...['.docker/run', '.docker/desktop', '.colima/default', '.rd'].map((dir) =>
      join(home, dir, 'docker.sock'),
    ),
    ...(runtime === '' ? [] : [join(runtime, 'docker.sock'), join(runtime, 'podman/podman.sock')]),
  ];
  const sockets = place?.socket === undefined ? usual.filter((path) => existsSync(path)) : [place.socket];
  return {
    rules: sockets.map((path) => `unix:${path}`),
    isAsked: ({ socketPath }) => socketPath !== undefined && sockets.includes(socketPath),
  };
}

/** Reads the answers of a Docker engine to this process and tells of each port that leads into a container. */
export function watchContainers({ isAsked }: DockerEngine, onPort: (port: number) => void): void {
  const known = new Set<number>();
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    if (!isAsked({ ...addressOf(request), socketPath: socketPathOf(request) })) return;
    let rest = '';
    const { push } = response;
    // Read on the way in, so that whoever reads the answer gets it as before.
    response.push = function (this: IncomingMessage, chunk: unknown, ...more) {
      const text = rest + (chunk === null ? '' : String(chunk));
      for (const [, one, other] of text.matchAll(MAPPED_PORT)) {
        const port = Number(one ?? other);
        if (!known.has(port)) onPort(port);
        known.add(port);
      }
      rest = text.slice(-REST_LENGTH);
      return push.call(this, chunk, ...more);
    };
  });
}

function socketPathOf(request: ClientRequest): string | undefined {
  return (request as { socketPath?: string }).socketPath;
}

function addressOf(request: ClientRequest): { host?: string; port?: number } {
  const [host, port] = String(request.getHeader('host') ?? '').split(/:(?=\d+$)/);
  return { ...(host !== undefined && { host }), port: Number(port ?? 80) };
}
