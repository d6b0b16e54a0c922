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
import { adapterOptions, errorCode, storeByHalves } from '@drydock/storage/backend-kit';
import { checkId, decodeRow, type EncodedRow, encodeRow, refit } from './codec.js';
import { type PostgresConfig, type ResolvedConfig, resolveConfig, targetOf } from './config.js';
import { Connection } from './connection.js';
import { toFault } from './errors.js';
import { openTable } from './migration.js';
import { type PostgresQuery, queryShape } from './search/query.js';
import { compileCount, compileDelete, compileSearch } from './search/search.js';
import { OUTDATED, type Statement, type TableStatements, tableStatements } from './sql.js';
import type { Table } from './table.js';

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
  /** As declared, and since `connect` with what the server has. */
  #table: Table;
  #statements: TableStatements;

  constructor(config: ResolvedConfig) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#config = config;
    this.#connection = new Connection(config.connection, config);
    this.#table = config.table;
    this.#statements = tableStatements(config.table);
  }

  async open(attempt: Attempt): Promise<void> {
    await this.#connection.open(attempt);
    await this.#look(attempt);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  encode(record: Stored<R>, { ttlMs }: { readonly ttlMs?: number }) {
    return encodeRow(this.#table, record, ttlMs);
  }

  store(
    records: readonly EncodedRecord<EncodedRow>[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Fault>> {
    return storeByHalves(records, (some) => this.#upsert(some, attempt), faultOfRecord);
  }

  async retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Stored<R>>> {
    return this.#asIs(attempt, async (table, { retrieve }) => {
      const rows = await this.#connection.run({ ...retrieve, values: [ids] }, attempt);
      return new Map(rows.map((row) => [row[0] ?? '', decodeRow<R>(table, row)]));
    });
  }

  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const rows = await this.#connection.run(
      { ...this.#statements.remove, values: [[...ids].sort()] },
      attempt,
    );
    return new Set(rows.flatMap(([id, alive]) => (alive === 't' ? [id ?? ''] : [])));
  }

  async search(query: PostgresQuery, attempt: Attempt): Promise<SearchPage<Stored<R>>> {
    return this.#asIs(attempt, async (table, statements) => {
      const { statement, page } = compileSearch<R>(table, statements, query);
      return page(await this.#connection.run(statement, attempt));
    });
  }

  async storeIf(
    record: EncodedRecord<EncodedRow>,
    condition: WriteCondition,
    attempt: Attempt,
  ): Promise<boolean> {
    return this.#asIs(attempt, async (table, { insert, replace }) => {
      const values = valuesOf(table, [record]);
      const statement =
        'ifAbsent' in condition
          ? { ...insert, values }
          : { ...replace, values: [...values, condition.ifVersion, String(condition.keepLifetime)] };
      return (await this.#connection.run(statement, attempt)).length > 0;
    });
  }

  async retrieveVersion(id: string, attempt: Attempt) {
    return this.#asIs(attempt, async (table, { retrieveVersion }) => {
      const [row] = await this.#connection.run({ ...retrieveVersion, values: [[id]] }, attempt);
      return row && { record: decodeRow<R>(table, row), version: row.at(-1) ?? '' };
    });
  }

  async touch(id: string, ttlMs: number | undefined, attempt: Attempt): Promise<boolean> {
    const values = [id, ttlMs === undefined ? null : String(ttlMs)];
    return (await this.#connection.run({ ...this.#statements.touch, values }, attempt)).length > 0;
  }

  count(query: PostgresQuery, attempt: Attempt): Promise<number> {
    return this.#asIs(attempt, (table) => this.#number(compileCount(table, query), attempt));
  }

  deleteWhere(query: PostgresQuery, attempt: Attempt): Promise<number> {
    return this.#asIs(attempt, (table) => this.#number(compileDelete(table, query), attempt));
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
    await this.#asIs(attempt, (table, { upsert }) =>
      this.#connection.run({ ...upsert, values: valuesOf(table, sorted) }, attempt),
    );
    return new Map<string, Fault>();
  }

  /** Works with the table as the server has it: a statement for fewer columns fails whole, and is made anew for those there are. */
  async #asIs<T>(
    attempt: Attempt,
    work: (table: Table, statements: TableStatements) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const table = this.#table;
      try {
        return await work(table, this.#statements);
      } catch (error) {
        if (errorCode(error) !== OUTDATED) throw error;
        if (this.#table === table) await this.#look(attempt);
        if (this.#table.attributes === table.attributes) throw error;
      }
    }
  }

  async #look(attempt: Attempt): Promise<void> {
    const { table, migrate } = this.#config;
    this.#table = await this.#connection.use(attempt, (session) => openTable(session, table, migrate));
    this.#statements = tableStatements(this.#table);
  }

  async #number(statement: Statement, attempt: Attempt): Promise<number> {
    return Number((await this.#connection.run(statement, attempt))[0]?.[0]);
  }
}

function valuesOf(table: Table, records: readonly EncodedRecord<EncodedRow>[]): Statement['values'] & {} {
  const rows = records.map(({ value }) => refit(table, value));
  const columns = table.columns.map((_, index) => rows.map((row) => row.columns[index] ?? null));
  return [
    records.map(({ id }) => id),
    ...columns,
    rows.map(({ extra }) => extra),
    rows.map(({ ttl }) => ttl),
  ];
}

/** The fault of an error that is about one of the records, so that the others could still be stored. */
function faultOfRecord(error: unknown): Fault | undefined {
  const fault = toFault(error, true);
  return fault.kind === 'data' ? fault : undefined;
}
