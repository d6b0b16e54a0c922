import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where an engine may listen: a socket's path, or a host and a port. */
export type EngineAddress =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number; readonly tls: boolean };

/** Whether Docker can be used, and if not, why, in a short phrase. */
export type EngineState = { readonly usable: true } | { readonly usable: false; readonly reason: string };

const NO_DOCKER: EngineState = { usable: false, reason: 'no Docker' };

/** Asks the Docker engine for a ping; costs no I/O beyond a file check where there is none. */
export async function findEngine(
  timeoutMs: number,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<EngineState> {
  const addresses = engineAddresses(env);
  if (addresses === undefined) {
    return { usable: false, reason: 'DOCKER_HOST is of a kind that Testcontainers cannot use' };
  }
  const present = addresses.filter((address) => !('socketPath' in address) || existsSync(address.socketPath));
  const answers = await Promise.all(present.map((address) => ping(address, timeoutMs)));
  if (answers.includes(true)) return { usable: true };
  return env.DOCKER_HOST ? { usable: false, reason: 'no Docker at DOCKER_HOST' } : NO_DOCKER;
}

/** The engine that `DOCKER_HOST` names, else the usual sockets; undefined for a `DOCKER_HOST` that is none. */
export function engineAddresses(
  env: Readonly<Record<string, string | undefined>>,
): readonly EngineAddress[] | undefined {
  if (env.DOCKER_HOST) {
    const address = parseDockerHost(env.DOCKER_HOST, Boolean(env.DOCKER_TLS_VERIFY));
    return address && [address];
  }
  return usualSockets(env).map((socketPath) => ({ socketPath }));
}

function parseDockerHost(value: string, verify: boolean): EngineAddress | undefined {
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(value)?.[1];
  if (socket !== undefined) return { socketPath: socket };
  if (!URL.canParse(value)) return undefined;
  const { protocol, hostname, port } = new URL(value);
  if (!['tcp:', 'http:', 'https:'].includes(protocol)) return undefined;
  const tls = verify || protocol === 'https:';
  return { host: hostname, port: Number(port) || (tls ? 2376 : 2375), tls };
}

function usualSockets(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (process.platform === 'win32') return ['\\\\.\\pipe\\docker_engine'];
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime ? [join(runtime, 'docker.sock'), join(runtime, '.docker', 'run', 'docker.sock')] : []),
    join(homedir(), '.docker', 'run', 'docker.sock'),
    join(homedir(), '.docker', 'desktop', 'docker.sock'),
  ];
}

function ping(address: EngineAddress, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const target = 'socketPath' in address ? address : { host: address.host, port: address.port };
    const ask = request({ ...target, path: '/_ping', signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    // An engine that wants TLS hangs up on a plain request: whoever hangs up is there.
    ask.on('error', (error: NodeJS.ErrnoException) => {
      resolve(
        'tls' in address && address.tls && ['ECONNRESET', 'HPE_INVALID_CONSTANT'].includes(error.code ?? ''),
      );
    });
    ask.end();
  });
}
