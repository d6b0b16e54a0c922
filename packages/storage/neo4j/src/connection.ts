import { abandonOn } from '@drydock/resilience';
import type { Attempt } from '@drydock/storage';
import { propertyOf, serverTimeoutMs } from '@drydock/storage/backend-kit';
import type { Session } from 'neo4j-driver';
import type { ConnectionConfig } from './config.js';
import type { Statement } from './cypher.js';
import { DriverHandle } from './driver-handle.js';

/** How long a server may take to acknowledge that a statement was given up, in milliseconds. */
const GIVE_UP_MS = 1_000;
/** Refusals of a server that is not the leader any more, or not serving yet. */
const ELSEWHERE: ReadonlySet<unknown> = new Set([
  'Neo.ClientError.Cluster.NotALeader',
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase',
  'Neo.TransientError.General.DatabaseUnavailable',
]);

/** A row of a result, integers as bigints. */
export type Row = Readonly<Record<string, unknown>>;

/** The connections of one adapter; each statement is a transaction of its own, which costs one request. */
export class Connection {
  readonly #config: ConnectionConfig;
  readonly #handles = new Set<DriverHandle>();
  #current: DriverHandle | undefined;

  constructor(config: ConnectionConfig) {
    this.#config = config;
  }

  /** Makes the driver; the first connection is made by the first statement. */
  open(): void {
    this.#current = this.#add();
  }

  /** Gives up all connections without waiting for the server. */
  async close(): Promise<void> {
    this.#current = undefined;
    const handles = [...this.#handles];
    this.#handles.clear();
    await Promise.all(handles.map((handle) => handle.close()));
  }

  /** Runs one statement; when the attempt ends first, tells the server to stop it. */
  async run<T = Row>(statement: Statement, attempt: Attempt): Promise<T[]> {
    if (attempt.aborted) throw attempt.reason;
    const handle = this.#current;
    if (!handle) throw new Error('Pool is closed');
    const session = handle.enter(statement.access);
    let settled = false;
    try {
      const { text, parameters } = statement;
      const timeout = serverTimeoutMs(attempt.remainingMs());
      const result = session.run(text, tellWhenSent(parameters, attempt), { timeout });
      const { records } = await abandonOn(attempt, result);
      settled = true;
      return records.map((record) => record.toObject() as T);
    } catch (error) {
      // Routing finds the new leader by itself; behind one address only a new connection does.
      if (!this.#config.routing && ELSEWHERE.has(propertyOf(error, 'code'))) this.#replace(handle);
      throw error;
    } finally {
      this.#leave(handle, session, settled);
    }
  }

  #add(): DriverHandle {
    const handle = new DriverHandle(this.#config);
    this.#handles.add(handle);
    return handle;
  }

  /** Closing a session makes the server drop what still runs; one that never answers is not waited for. */
  #leave(handle: DriverHandle, session: Session, settled: boolean): void {
    handle.leave();
    const closed = session.close().catch(() => {});
    if (settled) return;
    const timer = setTimeout(() => this.#replace(handle), GIVE_UP_MS).unref();
    void closed.finally(() => clearTimeout(timer));
  }

  /** New calls get new connections; the old ones end when the last call on them has. */
  #replace(handle: DriverHandle): void {
    if (!this.#handles.has(handle)) return;
    if (this.#current === handle) this.#current = this.#add();
    void handle.retire().then(() => this.#handles.delete(handle));
  }
}

/**
 * The parameters, with a notice at the moment they are written.
 *
 * The driver reads them when, and only when, it has a connection and writes the request to it.
 */
function tellWhenSent(parameters: Statement['parameters'], attempt: Attempt): Record<string, unknown> {
  let sent = false;
  const get = () => {
    if (!sent) attempt.sending();
    sent = true;
    return null;
  };
  return Object.defineProperty({ ...parameters }, 'sending', { get, enumerable: true });
}
