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
  type WriteCondition,
} from '@drydock/storage';
import { adapterOptions, notMigrated, storeByHalves } from '@drydock/storage/backend-kit';
import { checkId, decodeRow, type EncodedRow, encodeRow } from './codec.js';
import { type PostgresConfig, type ResolvedConfig, resolveConfig, targetOf } from './config.js';
import { Connection } from './connection.js';
import { toFault } from './errors.js';
import { isMigrated, migrate } from './migration.js';
import { type PostgresQuery, queryShape } from './search/query.js';
import { compileCount, compileDelete, compileSearch } from './search/search.js';
import { type Statement, type TableStatements, tableStatements } from './sql.js';

/** An adapter that keeps records in one PostgreSQL table. */
export type PostgresAdapter<R extends StorageRecord> = StorageAdapter<R, PostgresQuery>;

/** Makes an adapter; connects to nothing yet. Throws a `TypeError` that names the option when the configuration is wrong. */
export function createPostgresAdapter<R extends StorageRecord>(config: PostgresConfig): PostgresAdapter<R> {
  return createAdapter(new PostgresBackend<R>(resolveConfig(config)), adapterOptions(config));
}

class PostgresBackend<R extends StorageRecord> implements Backend<R, PostgresQuery, Stored<R>, EncodedRow> {
  readonly name = 'postgres';
  readonly supportsTtl = true;
  readonly conditions = { ifAbsent: true, ifVersion: true };
  readonly coalescing = { ordered: false };
  readonly fault = toFault;
  readonly queryShape = queryShape;
  readonly checkId = checkId;
  readonly limits: ResolvedConfig['limits'];
  readonly target;
  readonly #config: ResolvedConfig;
  readonly #connection: Connection;
  readonly #statements: TableStatements;

  constructor(config: ResolvedConfig) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#config = config;
    this.#connection = new Connection(config.connection, config.prepare);
    this.#statements = tableStatements(config.table);
  }

  async open(attempt: Attempt): Promise<void> {
    const { table } = this.#config;
    this.#connection.open();
    await this.#connection.use(attempt, async (session) => {
      if (await isMigrated(session, table)) return;
      if (!this.#config.migrate) throw notMigrated('the table, a column or an index');
      await migrate(session, table);
    });
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  encode(record: Stored<R>, { ttlMs }: { readonly ttlMs?: number }) {
    return encodeRow(this.#config.table, record, ttlMs);
  }

  store(
    records: readonly EncodedRecord<EncodedRow>[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Fault>> {
    return storeByHalves(records, (some) => this.#upsert(some, attempt), faultOfRecord);
  }

  async retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Stored<R>>> {
    const rows = await this.#connection.run({ ...this.#statements.retrieve, values: [ids] }, attempt);
    return new Map(rows.map((row) => [row[0] ?? '', decodeRow<R>(this.#config.table, row)]));
  }

  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const rows = await this.#connection.run(
      { ...this.#statements.remove, values: [[...ids].sort()] },
      attempt,
    );
    return new Set(rows.flatMap(([id, alive]) => (alive === 't' ? [id ?? ''] : [])));
  }

  async search(query: PostgresQuery, attempt: Attempt): Promise<SearchPage<Stored<R>>> {
    const search = compileSearch<R>(this.#config.table, this.#statements, query);
    return search.page(await this.#connection.run(search.statement, attempt));
  }

  async storeIf(
    record: EncodedRecord<EncodedRow>,
    condition: WriteCondition,
    attempt: Attempt,
  ): Promise<boolean> {
    const values = this.#values([record]);
    const statement =
      'ifAbsent' in condition
        ? { ...this.#statements.insert, values }
        : {
            ...this.#statements.replace,
            values: [...values, condition.ifVersion, String(condition.keepLifetime)],
          };
    return (await this.#connection.run(statement, attempt)).length > 0;
  }

  async retrieveVersion(id: string, attempt: Attempt) {
    const [row] = await this.#connection.run(
      { ...this.#statements.retrieveVersion, values: [[id]] },
      attempt,
    );
    return row && { record: decodeRow<R>(this.#config.table, row), version: row.at(-1) ?? '' };
  }

  async touch(id: string, ttlMs: number | undefined, attempt: Attempt): Promise<boolean> {
    const values = [id, ttlMs === undefined ? null : String(ttlMs)];
    return (await this.#connection.run({ ...this.#statements.touch, values }, attempt)).length > 0;
  }

  count(query: PostgresQuery, attempt: Attempt): Promise<number> {
    return this.#number(compileCount(this.#config.table, query), attempt);
  }

  deleteWhere(query: PostgresQuery, attempt: Attempt): Promise<number> {
    return this.#number(compileDelete(this.#config.table, query), attempt);
  }

  clear(attempt: Attempt): Promise<number> {
    return this.#number(this.#statements.clear, attempt);
  }

  purge(attempt: Attempt): Promise<number> {
    return this.#number(this.#statements.purge, attempt);
  }

  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const rows = await this.#connection.run({ text: "SELECT current_setting('server_version')" }, attempt);
    const version = rows[0]?.[0]?.split(' ')[0];
    return version === undefined ? {} : { version };
  }

  async #upsert(records: readonly EncodedRecord<EncodedRow>[], attempt: Attempt) {
    // Rows are locked in this order: two batches with the same ids must not wait for each other in a circle.
    const sorted = [...records].sort((left, right) => (left.id < right.id ? -1 : 1));
    await this.#connection.run({ ...this.#statements.upsert, values: this.#values(sorted) }, attempt);
    return new Map<string, Fault>();
  }

  #values(records: readonly EncodedRecord<EncodedRow>[]) {
    const columns = this.#config.table.columns.map((_, index) =>
      records.map(({ value }) => value.columns[index] ?? null),
    );
    return [
      records.map(({ id }) => id),
      ...columns,
      records.map(({ value }) => value.extra),
      records.map(({ value }) => value.ttl),
    ];
  }

  async #number(statement: Statement, attempt: Attempt): Promise<number> {
    const [row] = await this.#connection.run(statement, attempt);
    return Number(row?.[0]);
  }
}

/** The fault of an error that is about one of the records, so that the others could still be stored. */
function faultOfRecord(error: unknown): Fault | undefined {
  const fault = toFault(error, true);
  return fault.kind === 'data' ? fault : undefined;
}
