import {
  type Attempt,
  type Backend,
  createAdapter,
  type EncodedRecord,
  type Fault,
  type StorageAdapter,
  type Stored,
} from '@drydock/storage';
import { adapterOptions } from '@drydock/storage/backend-kit';
import { type Document, decodeDocument, encodeDocument, isExpired, type TypesenseRecord } from './codec.js';
import { prepareCollection } from './collection.js';
import { type ResolvedConfig, resolveConfig, type TypesenseConfig, targetOf } from './config.js';
import { Connection } from './connection.js';
import { documentId, recordId } from './document-id.js';
import { toFault, unlessMissing } from './errors.js';
import { asRefused, importLines } from './import-lines.js';
import { moveRecords } from './layout.js';
import { idFilter } from './search/filter.js';
import { queryShape, type TypesenseItem, type TypesensePage, type TypesenseQuery } from './search/query.js';
import { compileSearch, multiSearch } from './search/search.js';
import { checkIdSize, fittingLists } from './url-size.js';

/** An adapter that keeps records as the documents of one Typesense collection. */
export interface TypesenseAdapter<R extends TypesenseRecord>
  extends StorageAdapter<R, TypesenseQuery, TypesenseItem<R>> {
  /** One page of the records that the query describes, with their number and the facets asked for. */
  search(
    ...call: Parameters<StorageAdapter<R, TypesenseQuery, TypesenseItem<R>>['search']>
  ): Promise<TypesensePage<R>>;
}

/** Makes an adapter; connects to nothing yet. Throws a `TypeError` for options that cannot work. */
export function createTypesenseAdapter<R extends TypesenseRecord>(
  config: TypesenseConfig,
): TypesenseAdapter<R> {
  return createAdapter(
    new TypesenseBackend<R>(resolveConfig(config)),
    adapterOptions(config),
  ) as TypesenseAdapter<R>;
}

/** Most hits that the server gives in one answer. */
const IDS_PER_SEARCH = 250;

class TypesenseBackend<R extends TypesenseRecord>
  implements Backend<R, TypesenseQuery, TypesenseItem<R>, string>
{
  readonly name = 'typesense';
  readonly supportsTtl = true;
  readonly fault = toFault;
  readonly queryShape = queryShape;
  readonly checkId = checkIdSize;
  readonly limits: ResolvedConfig['limits'];
  readonly target;
  readonly #config: ResolvedConfig;
  readonly #connection: Connection;
  readonly #path: string;

  constructor(config: ResolvedConfig) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#config = config;
    this.#connection = new Connection(config.connection);
    this.#path = `/collections/${encodeURIComponent(config.collection)}/documents`;
  }

  async open(attempt: Attempt): Promise<void> {
    this.#connection.open();
    if (this.#config.searchOnly) await this.#lookWithin(attempt);
    else await prepareCollection(this.#connection, this.#config, attempt);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  encode(record: Stored<R>, { ttlMs }: { readonly ttlMs?: number }) {
    return encodeDocument(this.#config, record, ttlMs === undefined ? undefined : Date.now() + ttlMs);
  }

  async store(
    records: readonly EncodedRecord<string>[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Fault>> {
    const answer = await this.#connection.request(attempt, {
      method: 'post',
      path: `${this.#path}/import`,
      query: { action: 'upsert', dirty_values: 'reject', batch_size: records.length },
      body: records.map(({ value }) => value).join('\n'),
    });
    const faults = new Map<string, Fault>();
    for (const [index, line] of importLines(answer, records.length).entries()) {
      if (line.success !== true) faults.set(records[index]?.id ?? '', toFault(asRefused(line), true));
    }
    return faults;
  }

  async retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Stored<R>>> {
    const documents = await this.#read(ids, attempt);
    const records = documents.map((document) => decodeDocument<R>(document));
    return new Map(records.map((record) => [record.id, record]));
  }

  /** One record is deleted by its id, which tells whether it was there; for several the server only counts. */
  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const [id, ...others] = ids;
    if (id === undefined) return new Set();
    if (others.length === 0) return this.#deleteOne(id, attempt);
    const found = await this.#find(ids, 'id', attempt);
    const there = found.map((document) => recordId(String(document.id)));
    for (const part of fittingLists(there)) {
      const query = { filter_by: idFilter(part) };
      await this.#connection.requestObject(attempt, { method: 'delete', path: this.#path, query });
    }
    return new Set(there);
  }

  async search(
    query: TypesenseQuery & { readonly limit: number },
    attempt: Attempt,
  ): Promise<TypesensePage<R>> {
    const search = compileSearch<R>(this.#config, query, Date.now());
    const [result] = await multiSearch(this.#connection, this.#config, [search.parameters], attempt);
    return search.page(result ?? {});
  }

  /** Two requests at once: a search proves that the collection is served; not every key may ask for the version. */
  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const debug = this.#connection.request(attempt, { method: 'get', path: '/debug' });
    const [version] = await Promise.all([debug.then(versionOf, () => undefined), this.#look(attempt)]);
    return version === undefined ? {} : { version };
  }

  /** A key that may only search sees neither the schema nor what it may not find: records in its scope tell. */
  async #lookWithin(attempt: Attempt): Promise<void> {
    await this.#look(attempt);
    await moveRecords(this.#connection, this.#config, attempt);
  }

  async #look(attempt: Attempt): Promise<void> {
    await multiSearch(this.#connection, this.#config, [{ q: '*', per_page: 0 }], attempt);
  }

  async #deleteOne(id: string, attempt: Attempt): Promise<ReadonlySet<string>> {
    const document = await this.#connection
      .requestObject(attempt, { method: 'delete', path: this.#pathOf(id) })
      .catch(unlessMissing);
    return new Set(document && !isExpired(document, Date.now()) ? [id] : []);
  }

  async #read(ids: readonly string[], attempt: Attempt): Promise<Document[]> {
    const [id, ...others] = ids;
    if (id === undefined) return [];
    if (others.length > 0 || this.#config.searchOnly) return this.#find(ids, undefined, attempt);
    const document = await this.#connection
      .requestObject(attempt, { method: 'get', path: this.#pathOf(id) })
      .catch(unlessMissing);
    return document && !isExpired(document, Date.now()) ? [document] : [];
  }

  /** Documents of these records, as many searches in one request as it takes. */
  async #find(ids: readonly string[], fields: string | undefined, attempt: Attempt): Promise<Document[]> {
    const now = Date.now();
    const parts = Array.from({ length: Math.ceil(ids.length / IDS_PER_SEARCH) }, (_, n) =>
      ids.slice(n * IDS_PER_SEARCH, (n + 1) * IDS_PER_SEARCH),
    );
    const searches = parts.map((part) => ({
      q: '*',
      filter_by: idFilter(part, now),
      per_page: IDS_PER_SEARCH,
      ...(fields !== undefined && { include_fields: fields }),
    }));
    const results = await multiSearch(this.#connection, this.#config, searches, attempt);
    return results.flatMap(({ hits = [] }) => hits.map(({ document }) => document));
  }

  #pathOf(id: string): string {
    return `${this.#path}/${encodeURIComponent(documentId(id))}`;
  }
}

function versionOf(answer: unknown): string | undefined {
  const version = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'version') : undefined;
  return typeof version === 'string' ? version : undefined;
}
