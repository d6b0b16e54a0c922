import { randomInt } from 'node:crypto';
import { Engine } from './engine.js';
import { type ConnectionFault, Faults, type HeldStatement, type StatementMatch } from './faults.js';
import type { WireError } from './messages.js';
import { Session, type SessionContext } from './session.js';
import { MemorySocket } from './stream.js';

/** How a `PgliteServer` greets its clients. */
export interface PgliteServerOptions {
  /** Asked for with SCRAM-SHA-256; default: everybody is trusted. */
  readonly password?: string;
}

const DATABASE = 'postgres';
const FIRST_PROCESS_ID = 1000;
const SHUTDOWN: WireError = {
  severity: 'FATAL',
  code: '57P01',
  message: 'terminating connection due to administrator command',
};

/** A PostgreSQL server inside this process: the `pg` driver talks to it through its `stream` option, with no socket. */
export class PgliteServer {
  /** Name of its only database. */
  readonly database = DATABASE;
  readonly #engine: Engine;
  readonly #faults = new Faults();
  readonly #sessions = new Set<Session>();
  readonly #context: SessionContext;
  #nextProcessId = FIRST_PROCESS_ID;
  #exchanges = 0;

  private constructor(engine: Engine, version: string, options: PgliteServerOptions) {
    this.#engine = engine;
    this.#context = {
      engine,
      version,
      faults: this.#faults,
      credentials: { database: DATABASE, password: options.password },
      cancel: (processId, secret) => this.#cancel(processId, secret),
      exchanged: () => {
        this.#exchanges += 1;
      },
      ended: (session) => {
        this.#sessions.delete(session);
      },
    };
  }

  /** Starts an empty server in memory; takes 1 to 4 s, so share one in a file. */
  static async start(options: PgliteServerOptions = {}): Promise<PgliteServer> {
    const engine = await Engine.start();
    return new PgliteServer(engine, await engine.version(), options);
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#sessions.size;
  }

  /** Connections that were made since the start, those of cancel requests included. */
  get connectionsMade(): number {
    return this.#nextProcessId - FIRST_PROCESS_ID;
  }

  /** Exchanges that drivers waited for since the start, logins not counted. */
  get exchanges(): number {
    return this.#exchanges;
  }

  /** Makes one connection; give this to the driver as `stream`. */
  readonly stream = (): MemorySocket => {
    this.#nextProcessId += 1;
    const session = new Session(this.#context, this.#nextProcessId, randomInt(2 ** 31));
    this.#sessions.add(session);
    return new MemorySocket(session);
  };

  /** Makes the next matching statement wait, as behind a lock. */
  hold(match: StatementMatch): HeldStatement {
    let reached = () => {};
    let release = () => {};
    const whenReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#faults.plant(match, { kind: 'hold', released, reached });
    return { reached: whenReached, release };
  }

  /** Answers the next matching statements with an error instead of running them. */
  fail(match: StatementMatch, error: Omit<WireError, 'severity'> & Partial<WireError>, times = 1): void {
    this.#faults.plant(match, { kind: 'error', error: { severity: 'ERROR', ...error } }, times);
  }

  /** Resets the connection at the next matching statements: before they run, or after they ran and before the reply. */
  drop(match: StatementMatch, when: 'before' | 'after', times = 1): void {
    this.#faults.plant(match, { kind: 'drop', when }, times);
  }

  /** Reads everything and answers nothing, old connections and new, until `recover`. */
  silence(): void {
    this.#faults.plant(/(?:)/, { kind: 'silent' }, Number.POSITIVE_INFINITY);
    this.#faults.connection = { kind: 'silent' };
  }

  /** Lets every new connection fail until `recover`. */
  refuse(fault: ConnectionFault): void {
    this.#faults.connection = fault;
  }

  /** Forgets all planted faults. */
  recover(): void {
    this.#faults.clear();
  }

  /** Breaks every connection. */
  resetAll(): void {
    for (const session of this.#sessions) session.reset();
  }

  /** Ends every session as an administrator's shutdown does. */
  terminateAll(): void {
    for (const session of this.#sessions) session.terminate(SHUTDOWN);
  }

  /** Ends all sessions and the engine. */
  async close(): Promise<void> {
    const sessions = [...this.#sessions];
    this.terminateAll();
    for (const session of sessions) session.cancel();
    this.resetAll();
    await Promise.all(sessions.map((session) => session.settled()));
    await this.#engine.close();
  }

  #cancel(processId: number, secret?: number): boolean {
    const session = [...this.#sessions].find((candidate) => candidate.processId === processId);
    if (!session || (secret !== undefined && secret !== session.secret)) return false;
    session.cancel();
    return true;
  }
}
