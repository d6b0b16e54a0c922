import net from 'node:net';
import type { Duplex } from 'node:stream';
import { abandonOn } from '@drydock/resilience';
import type { Attempt } from '@drydock/storage';
import { serverTimeoutMs } from '@drydock/storage/backend-kit';
import pg from 'pg';
import { cancelBackend, refusesParameter, requestCancel } from './cancel.js';
import type { Row } from './codec.js';
import type { ConnectionConfig, ResolvedConfig } from './config.js';
import { endsConnection } from './errors.js';
import type { Statement } from './sql.js';

/** Values arrive as the server wrote them, whatever parsers are registered with the driver. */
const AS_TEXT = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

/** One connection, taken out of the pool for one piece of work. */
export interface Session {
  /** Sends a statement and returns its rows, all values as text. */
  run(statement: Statement): Promise<Row[]>;
}

type ConnectionOptions = Pick<ResolvedConfig, 'prepare' | 'pooler'>;

interface OwnSession extends Session {
  findPooler(): Promise<void>;
}

/** The connections of one adapter: taken out and given back one by one, never through `pool.query`. */
export class Connection {
  readonly #config: ConnectionConfig;
  readonly #options: ConnectionOptions;
  readonly #sockets = new Set<Duplex>();
  readonly #timeouts = new WeakMap<pg.PoolClient, number>();
  #pool: pg.Pool | undefined;
  /** A pooler lends one session of the server to many clients: nothing may be kept in it. */
  #pooled: boolean;

  constructor(config: ConnectionConfig, options: ConnectionOptions) {
    this.#config = config;
    this.#options = options;
    this.#pooled = options.pooler ?? false;
  }

  /** Makes the pool, and finds out whether a pooler stands before the server unless that is known. */
  async open(attempt: Attempt): Promise<void> {
    this.#pooled = this.#options.pooler ?? false;
    this.#makePool();
    if (this.#options.pooler !== undefined) return;
    try {
      await this.use(attempt, (session) => session.findPooler());
    } catch (error) {
      if (!refusesParameter(error) || 'pool' in this.#config) throw error;
      this.#pooled = true;
    }
    if (!this.#pooled || 'pool' in this.#config) return;
    // Its connections have asked for a setting that belongs to a session.
    await this.close();
    this.#makePool();
  }

  #makePool(): void {
    if ('pool' in this.#config) {
      this.#pool = this.#config.pool;
      return;
    }
    this.#pool = new pg.Pool({ ...this.#clientConfig(this.#config) });
    // A server that ends an idle connection would otherwise end this process.
    this.#pool.on('error', () => {});
  }

  /** Gives up all connections without waiting for the server; a caller's own pool stays open. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    if (!pool || 'pool' in this.#config) return;
    const ended = pool.end().catch(() => {});
    const sockets = [...this.#sockets];
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) hangUp(socket);
    await Promise.all(closed);
    await ended;
  }

  /** Runs one statement on a connection of its own. */
  run(statement: Statement, attempt: Attempt): Promise<Row[]> {
    return this.use(attempt, (session) => session.run(statement));
  }

  /** Lends one connection to `work`; when the attempt ends first, cancels what runs on the server and drops it. */
  async use<T>(attempt: Attempt, work: (session: OwnSession) => Promise<T>): Promise<T> {
    const client = await this.#takeOut(attempt);
    let broken = false;
    let stopped = false;
    const onLost = () => {
      broken = true;
    };
    const onAbort = () => {
      stopped = true;
      void this.#cancel(client).finally(() => {
        client.release(true);
        client.off('error', onLost);
      });
    };
    // Outside the pool a client has no listener, and an error without one ends the process.
    client.on('error', onLost);
    const leave = attempt.onAbort(onAbort);
    try {
      const session = {
        run: (statement: Statement) => this.#send(client, statement, attempt),
        findPooler: () => this.#findPooler(client, attempt),
      };
      return await abandonOn(attempt, work(session));
    } catch (error) {
      broken ||= endsConnection(error);
      throw error;
    } finally {
      leave();
      if (!stopped) {
        client.release(broken || client.getTransactionStatus() !== 'I');
        client.off('error', onLost);
      }
    }
  }

  /** A pooler tells its clients process ids of its own, by which it knows them when they cancel. */
  async #findPooler(client: pg.PoolClient, attempt: Attempt): Promise<void> {
    attempt.sending();
    const { rows } = await client.query('SELECT pg_backend_pid()');
    this.#pooled = rows[0]?.pg_backend_pid !== Reflect.get(client, 'processID');
  }

  async #takeOut(attempt: Attempt): Promise<pg.PoolClient> {
    if (!this.#pool) throw new Error('Cannot use a pool after calling end on the pool');
    const taking = this.#pool.connect();
    try {
      return await abandonOn(attempt, taking);
    } catch (error) {
      if (attempt.aborted) taking.then((client) => client.release()).catch(() => {});
      throw error;
    }
  }

  async #send(client: pg.PoolClient, statement: Statement, attempt: Attempt): Promise<Row[]> {
    if (!this.#fitsTimeout(client, attempt)) await this.#setTimeout(client, attempt);
    if (attempt.aborted) throw attempt.reason;
    attempt.sending();
    const { name, text, values } = statement;
    const { rows } = await client.query<(string | null)[]>({
      text,
      rowMode: 'array',
      types: AS_TEXT,
      ...(values && { values: [...values] }),
      ...(name !== undefined && this.#options.prepare && !this.#pooled && { name }),
    });
    return rows ?? [];
  }

  /** The server must give up before the client does, and must not give up while a longer deadline still runs. */
  #fitsTimeout(client: pg.PoolClient, attempt: Attempt): boolean {
    if (this.#pooled || 'pool' in this.#config) return true;
    const current = this.#timeouts.get(client) ?? this.#config.statementTimeoutMs;
    const remaining = attempt.remainingMs();
    return current < remaining && current > remaining / 2;
  }

  async #setTimeout(client: pg.PoolClient, attempt: Attempt): Promise<void> {
    const timeout = serverTimeoutMs(attempt.remainingMs());
    attempt.sending();
    await client.query(`SET statement_timeout = ${timeout}`);
    this.#timeouts.set(client, timeout);
  }

  /** Ends what the client's server process is doing, from a connection of its own; never rejects. */
  async #cancel(client: pg.PoolClient): Promise<void> {
    if (!this.#pool) return;
    await (this.#pooled ? requestCancel : cancelBackend)(this.#canceller(), client);
  }

  #canceller(): pg.Client {
    if ('pool' in this.#config) return new pg.Client(this.#config.pool.options);
    return new pg.Client(this.#clientConfig(this.#config));
  }

  #clientConfig(config: Exclude<ConnectionConfig, { pool: pg.Pool }>): pg.PoolConfig {
    const stream = () => {
      const socket = config.client.stream?.() ?? new net.Socket();
      this.#sockets.add(socket);
      return socket.once('close', () => this.#sockets.delete(socket));
    };
    const { statement_timeout: timeout, ...client } = config.client;
    return { ...client, ...(!this.#pooled && { statement_timeout: timeout }), stream } as pg.PoolConfig;
  }
}

/** Lets a farewell that is already written go out; never waits for the other side. */
function hangUp(socket: Duplex & { connecting?: boolean; destroySoon?: () => void }): void {
  if (socket.connecting || !socket.destroySoon) socket.destroy();
  else socket.destroySoon();
}
