import { inspect } from 'node:util';
import type { Server } from './server.js';
import type { Attempt, Service } from './service.js';

/** A service whose variables are kept out of logs, reports and JSON: they hold passwords. */
export class AcquiredService implements Service {
  readonly backend: string;
  readonly attempts: readonly Attempt[];
  readonly #server: Server;

  constructor(backend: string, server: Server, attempts: readonly Attempt[]) {
    this.backend = backend;
    this.attempts = attempts;
    this.#server = server;
  }

  get provenance(): string {
    return this.#server.provenance;
  }

  get version(): string {
    return this.#server.version;
  }

  get variables(): Readonly<Record<string, string>> {
    return this.#server.variables;
  }

  get host(): string {
    return this.#server.host;
  }

  get port(): number {
    return this.#server.port;
  }

  /** Folder of a server that was started from a program. */
  get folder(): string | undefined {
    return this.#server.folder;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Lets the server outlive this process; false where nothing can: a container goes with its owner. */
  async release(): Promise<boolean> {
    await this.#server.release?.();
    return this.#server.release !== undefined;
  }

  /** The service without secrets: names of the variables, never their values. */
  toJSON() {
    const { backend, provenance, version, host, port, attempts } = this;
    return { backend, provenance, version, host, port, variables: Object.keys(this.variables), attempts };
  }

  [inspect.custom](): unknown {
    return this.toJSON();
  }
}
