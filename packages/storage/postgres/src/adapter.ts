import {
  type Attempt,
  type Backend,
  createAdapter,
  type EncodedRecord,
  type Fault,
  type SearchPage,
  type StorageAdapter,
  type StorageRecord,
  type Stored,
} from '@drydock/storage';
import { checkId, decodeRow, type EncodedRow, encodeRow } from './codec.js';
import { type PostgresConfig, type ResolvedConfig, resolveConfig, targetOf } from './config.js';
import { Connections } from './connection.js';
import { toFault } from './errors.js';
import { isMigrated, migrate, notMigrated } from './migration.js';
import type { PostgresQuery } from './search/query.js';
import { compileSearch } from './search/search.js';
import { type TableStatements, tableStatements } from './sql.js';

/** An adapter that keeps records in one PostgreSQL table. */
export type PostgresAdapter<R extends StorageRecord> = StorageAdapter<R, PostgresQuery>;

/** Makes an adapter; connects to nothing yet. Throws a `TypeError` that names the option when the configuration is wrong. */
export function createPostgresAdapter<R extends StorageRecord>(config: PostgresConfig): PostgresAdapter<R> {
  return createAdapter(new PostgresBackend<R>(resolveConfig(config)), config);
}

class PostgresBackend<R extends StorageRecord> implements Backend<R, PostgresQuery, Stored<R>, EncodedRow> {
  readonly name = 'postgres';
  readonly supportsTtl = true;
  readonly limits: ResolvedConfig['limits'];
  readonly target;
  readonly #config: ResolvedConfig;
  readonly #connections: Connections;
  readonly #statements: TableStatements;

  constructor(config: ResolvedConfig) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#config = config;
    this.#connections = new Connections(config.connection, config.prepare);
    this.#statements = tableStatements(config.table);
  }

  async open(attempt: Attempt): Promise<void> {
    const { table } = this.#config;
    this.#connections.open();
    try {
      await this.#connections.use(attempt, async (session) => {
        if (await isMigrated(session, table)) return;
        if (!this.#config.migrate) throw notMigrated();
        await migrate(session, table);
      });
    } catch (error) {
      await this.#connections.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  checkId(id: string): void {
    checkId(id);
  }

  encode(record: Stored<R>, { ttlMs }: { readonly ttlMs?: number }) {
    return encodeRow(this.#config.table, record, ttlMs);
  }

  async store(
    records: readonly EncodedRecord<EncodedRow>[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Fault>> {
    try {
      await this.#upsert(records, attempt);
      return new Map();
    } catch (error) {
      const fault = toFault(error, true);
      if (!concernsRecord(fault)) throw error;
      if (records.length === 1) return new Map(records.map(({ id }) => [id, fault]));
      // One bad record fails the whole statement: halving finds it and stores the others.
      const middle = Math.ceil(records.length / 2);
      const left = await this.store(records.slice(0, middle), attempt);
      return new Map([...left, ...(await this.store(records.slice(middle), attempt))]);
    }
  }

  async retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Stored<R>>> {
    const rows = await this.#connections.run({ ...this.#statements.retrieve, values: [ids] }, attempt);
    return new Map(rows.map((row) => [row[0] ?? '', decodeRow<R>(this.#config.table, row)]));
  }

  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const rows = await this.#connections.run(
      { ...this.#statements.remove, values: [[...ids].sort()] },
      attempt,
    );
    return new Set(rows.flatMap(([id, alive]) => (alive === 't' ? [id ?? ''] : [])));
  }

  async search(query: PostgresQuery, attempt: Attempt): Promise<SearchPage<Stored<R>>> {
    const search = compileSearch<R>(this.#config.table, this.#statements, query);
    return search.page(await this.#connections.run(search.statement, attempt));
  }

  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const rows = await this.#connections.run({ text: "SELECT current_setting('server_version')" }, attempt);
    const version = rows[0]?.[0]?.split(' ')[0];
    return version === undefined ? {} : { version };
  }

  fault(error: unknown, sent: boolean): Fault {
    return toFault(error, sent);
  }

  async #upsert(records: readonly EncodedRecord<EncodedRow>[], attempt: Attempt): Promise<void> {
    // Rows are locked in this order: two batches with the same ids must not wait for each other in a circle.
    const sorted = [...records].sort((left, right) => (left.id < right.id ? -1 : 1));
    const columns = this.#config.table.columns.map((_, index) =>
      sorted.map(({ value }) => value.columns[index] ?? null),
    );
    const values = [
      sorted.map(({ id }) => id),
      ...columns,
      sorted.map(({ value }) => value.extra),
      sorted.map(({ value }) => value.ttl),
    ];
    await this.#connections.run({ ...this.#statements.upsert, values }, attempt);
  }
}

/** Whether a fault is about one of the records, so that the others could still be stored. */
function concernsRecord({ kind, code }: Fault): boolean {
  return kind === 'data' || code === '54000';
}
