import { randomInt } from 'node:crypto';
import { MemoryServer, type MemorySocket } from '@drydock/storage/testing';
import { Engine } from './engine.js';
import type { PlantedError, WireError } from './messages.js';
import { Session, type SessionContext } from './session.js';

/** How a `FakePostgres` is made. */
export interface FakePostgresOptions {
  /** Password, which is checked with SCRAM-SHA-256; default: everybody is accepted. */
  readonly password?: string;
}

const DATABASE = 'postgres';
const SHUTDOWN: WireError = {
  severity: 'FATAL',
  code: '57P01',
  message: 'terminating connection due to administrator command',
};

/**
 * A PostgreSQL inside this process: the `pg` driver talks to it over byte streams in memory, with no socket.
 *
 * A request is an exchange that the driver waits for, matched by its SQL, or the beginning of a login: `startup`.
 */
export class FakePostgres extends MemoryServer<PlantedError> {
  /** Version of the engine. */
  readonly version: string;
  readonly #password: string | undefined;
  readonly #engine: Engine;
  readonly #sessions = new Set<Session>();
  readonly #context: SessionContext;

  private constructor(engine: Engine, version: string, { password }: FakePostgresOptions) {
    super();
    this.version = version;
    this.#password = password;
    this.#engine = engine;
    this.#context = {
      engine,
      version,
      credentials: { database: DATABASE, password },
      greet: this.greet,
      serve: this.serve,
      cancel: (processId, secret) => this.#cancel(processId, secret),
      ended: (session) => this.#sessions.delete(session),
    };
  }

  /** Starts an empty server in memory; takes 1 to 4 s, so share one in a file. */
  static async start(options: FakePostgresOptions = {}): Promise<FakePostgres> {
    const engine = await Engine.start();
    return new FakePostgres(engine, await engine.version(), options);
  }

  /** Options with which an adapter reaches this server. */
  get config(): { readonly url: string; readonly driver: FakeDriver } {
    const login = this.#password === undefined ? '' : `:${encodeURIComponent(this.#password)}`;
    return { url: `postgresql://postgres${login}@memory/${DATABASE}`, driver: this.driver };
  }

  /** Options for `pg`, whose connections then all lead here. */
  readonly driver: FakeDriver = { stream: () => this.dial() };

  /** Connections whose sessions are not over. */
  override get connections(): number {
    return this.#sessions.size;
  }

  /** Ends every session as an administrator's shutdown does. */
  terminateAll(): void {
    for (const session of this.#sessions) session.terminate(SHUTDOWN);
  }

  /** Ends all sessions and the engine. */
  override async close(): Promise<void> {
    const sessions = [...this.#sessions];
    this.terminateAll();
    for (const session of sessions) session.cancel();
    await this.breakConnections();
    await Promise.all(sessions.map((session) => session.settled()));
    await this.#engine.close();
  }

  protected override accept(socket: MemorySocket): void {
    this.#sessions.add(new Session(this.#context, socket, this.connectionsMade, randomInt(2 ** 31)));
  }

  #cancel(processId: number, secret?: number): boolean {
    const session = [...this.#sessions].find((candidate) => candidate.processId === processId);
    if (!session || (secret !== undefined && secret !== session.secret)) return false;
    session.cancel();
    return true;
  }
}

/** Options for a client or a pool of `pg`. */
interface FakeDriver {
  stream(): MemorySocket;
}
