import {
  type Attempt,
  type Backend,
  createAdapter,
  type EncodedRecord,
  type Fault,
  FaultError,
  type SearchPage,
  type StorageAdapter,
  type Stored,
} from '@drydock/storage';
import { adapterOptions, readOrFault } from '@drydock/storage/backend-kit';
import { checkId, decodeRow, type EncodedRow, encodeRecord, type GraphRow } from './codec.js';
import { type Neo4jConfig, type ResolvedConfig, resolveConfig, targetOf } from './config.js';
import { Connection } from './connection.js';
import { type GraphStatements, graphStatements, PING } from './cypher.js';
import { toFault } from './errors.js';
import { ensureSchema } from './migration.js';
import type { Found, GraphRecord } from './record.js';
import { compilePath, type PathRow, pathPage } from './search/path.js';
import { type Neo4jQuery, queryShape } from './search/query.js';
import { compileListing } from './search/search.js';
import { storeRows } from './store.js';

/** An adapter that keeps entities and relationships in a Neo4j database. */
export type Neo4jAdapter = StorageAdapter<GraphRecord, Neo4jQuery, Found>;

/** Makes an adapter; connects to nothing yet. Throws a `TypeError` for a configuration that cannot work. */
export function createNeo4jAdapter(config: Neo4jConfig): Neo4jAdapter {
  return createAdapter(new Neo4jBackend(resolveConfig(config)), adapterOptions(config));
}

class Neo4jBackend implements Backend<GraphRecord, Neo4jQuery, Found, EncodedRow> {
  readonly name = 'neo4j';
  readonly supportsTtl = true;
  readonly coalescing = { ordered: false };
  readonly fault = toFault;
  readonly queryShape = queryShape;
  readonly checkId = checkId;
  readonly limits: ResolvedConfig['limits'];
  readonly target;
  readonly #config: ResolvedConfig;
  readonly #connection: Connection;
  readonly #statements: GraphStatements;

  constructor(config: ResolvedConfig) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#config = config;
    this.#connection = new Connection(config.connection);
    this.#statements = graphStatements(config.schema);
  }

  async open(attempt: Attempt): Promise<void> {
    this.#connection.open();
    await ensureSchema(this.#connection, this.#config.schema, this.#config.migrate, attempt);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  encode(record: Stored<GraphRecord>, { ttlMs }: { readonly ttlMs?: number }) {
    return encodeRecord(this.#config.schema, record, ttlMs);
  }

  store(
    records: readonly EncodedRecord<EncodedRow>[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Fault>> {
    const { namespace } = this.#config.schema;
    const send = <T>(text: string, rows: readonly EncodedRow[]) =>
      this.#connection.run<T>({ text, parameters: { rows, namespace }, access: 'write' }, attempt);
    return storeRows(
      records.map(({ value }) => value),
      this.#statements,
      send,
    );
  }

  async retrieve(
    ids: readonly string[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Stored<GraphRecord> | FaultError>> {
    const { namespace, labels } = this.#config.schema;
    const rows = await this.#connection.run<GraphRow>(
      { text: this.#statements.retrieve, parameters: { ids, namespace, labels }, access: 'read' },
      attempt,
    );
    return new Map(rows.map((row) => [row.id, readOrFault(() => decodeRow(row))]));
  }

  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const { namespace } = this.#config.schema;
    const [row] = await this.#connection.run<{ ids: readonly string[] }>(
      { text: this.#statements.remove, parameters: { ids, namespace }, access: 'write' },
      attempt,
    );
    return new Set(row?.ids);
  }

  async search(query: Neo4jQuery & { limit: number }, attempt: Attempt): Promise<SearchPage<Found>> {
    const { schema } = this.#config;
    if (query.find !== 'path') {
      const { statement, page } = compileListing(schema, query);
      return page(await this.#connection.run<GraphRow>(statement, attempt));
    }
    const statement = compilePath(schema, query);
    if (query.from !== query.to) return pathPage(await this.#connection.run<PathRow>(statement, attempt));
    // The server refuses to look for a path that ends where it starts.
    const found = (await this.retrieve([query.from], attempt)).get(query.from);
    if (found instanceof FaultError) throw found;
    return { items: found && 'label' in found ? [{ ...found, distance: 0 }] : [] };
  }

  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const [row] = await this.#connection.run<{ version?: string }>(
      { text: PING, parameters: {}, access: 'read' },
      attempt,
    );
    return row?.version === undefined ? {} : { version: row.version };
  }
}
