import type { ServiceDefinition } from '@drydock/storage/service';
import { variableNames } from '../configured.js';
import { CrashableServer, type CrashableServerOptions } from './crashable-server.js';
import type { ProxiedServer } from './proxied-server.js';
import { Toxiproxy } from './toxiproxy.js';

/** How a backend's servers are made to fail. */
export interface RigOptions {
  /** Where the address of the server behind the proxy is read from; default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What makes the server's acknowledgements durable. */
  readonly durable?: CrashableServerOptions['adjust'];
  /** Changes a server that is started for one fault, by the fault's name. */
  readonly faults?: Readonly<Record<string, CrashableServerOptions['adjust']>>;
}

/** A proxy before the server that the environment names, with the variables that lead through it. */
export interface OpenProxy extends Pick<ProxiedServer, 'add' | 'cut' | 'restore'> {
  readonly variables: Readonly<Record<string, string>>;
  /** Ends it. */
  close(): Promise<void>;
}

/** The proxies and servers of one backend, for `storageFaults` of `@drydock/storage/faults`. */
export interface Rig {
  /** Opens a proxy before the server that the environment names. @throws {ServiceError} `unavailable` without Toxiproxy. */
  openProxy(): Promise<OpenProxy>;
  /** Starts a server to be made to fail. @throws {ServiceError} `unavailable` where none can be started. */
  startServer(password: string, fault?: string): Promise<CrashableServer>;
}

/** Makes the rig of one backend; starts nothing yet. */
export function faultRig(definition: ServiceDefinition, options: RigOptions = {}): Rig {
  const { env = process.env, durable, faults } = options;
  return {
    async openProxy() {
      const toxiproxy = await Toxiproxy.start();
      const address = addressOf(env[definition.endpoint] ?? '', definition.container.port);
      const proxied = await toxiproxy.proxy(address);
      return {
        variables: throughProxy(definition, env, proxied),
        add: (toxic) => proxied.add(toxic),
        cut: () => proxied.cut(),
        restore: () => proxied.restore(),
        async close() {
          await proxied.remove();
          await toxiproxy.stop();
        },
      };
    },

    startServer(password, fault) {
      const adjust = fault === undefined ? durable : faults?.[fault];
      return CrashableServer.start(definition, { password, ...(adjust && { adjust }) });
    },
  };
}

function addressOf(url: string, usualPort: number): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) || usualPort };
}

function throughProxy(
  definition: ServiceDefinition,
  env: Readonly<Record<string, string | undefined>>,
  { host, port }: ProxiedServer,
): Record<string, string> {
  const url = new URL(env[definition.endpoint] ?? '');
  url.hostname = host;
  url.port = String(port);
  const own = variableNames(definition).map((name) => [name, env[name] ?? ''] as const);
  return { ...Object.fromEntries(own), [definition.endpoint]: url.href };
}
