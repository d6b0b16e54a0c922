import {
  type Attempt,
  type Backend,
  createAdapter,
  type EncodedRecord,
  type Fault,
  type StorageAdapter,
  type Stored,
  type WriteCondition,
} from '@drydock/storage';
import { adapterOptions } from '@drydock/storage/backend-kit';
import {
  type Document,
  decodeDocument,
  encodeDocument,
  isExpired,
  NEVER,
  type TypesenseRecord,
} from './codec.js';
import { prepareCollection } from './collection.js';
import { type ResolvedConfig, resolveConfig, type TypesenseConfig, targetOf } from './config.js';
import { Connection, versionOf } from './connection.js';
import { documentId, recordId } from './document-id.js';
import { toFault, unlessMissing } from './errors.js';
import { EXPIRES_AT } from './fields.js';
import { findDocuments } from './find-documents.js';
import { asRefused, importLines } from './import-lines.js';
import { moveRecords } from './layout.js';
import { idFilter } from './search/filter.js';
import { queryShape, type TypesenseItem, type TypesensePage, type TypesenseQuery } from './search/query.js';
import { compileSearch, multiSearch } from './search/search.js';
import { deleteBy, type SingleContext, setEnd, storeIfAbsent } from './single.js';
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

class TypesenseBackend<R extends TypesenseRecord>
  implements Backend<R, TypesenseQuery, TypesenseItem<R>, string>
{
  readonly name = 'typesense';
  readonly supportsTtl = true;
  // The server replaces whatever is there: no version can be compared.
  readonly conditions = { ifAbsent: true, ifVersion: false };
  readonly coalescing = { ordered: false };
  readonly fault = toFault;
  readonly queryShape = queryShape;
  readonly checkId = checkIdSize;
  readonly limits: ResolvedConfig['limits'];
  readonly target;
  readonly #config: ResolvedConfig;
  readonly #connection: Connection;
  readonly #path: string;
  readonly #single: SingleContext;

  constructor(config: ResolvedConfig) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#config = config;
    this.#connection = new Connection(config.connection);
    this.#path = `/collections/${encodeURIComponent(config.collection)}/documents`;
    this.#single = { connection: this.#connection, path: this.#path };
  }

  async open(attempt: Attempt): Promise<void> {
    this.#connection.open();
    if (!this.#config.searchOnly) return prepareCollection(this.#connection, this.#config, attempt);
    await this.#look(attempt);
    // A key that may only search does not see the schema: records in its scope tell.
    await moveRecords(this.#connection, this.#config, attempt);
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
    const records = (await this.#read(ids, attempt)).map((document) => decodeDocument<R>(document));
    return new Map(records.map((record) => [record.id, record]));
  }

  /** One record is deleted by its id, which tells whether it was there; for several the server only counts. */
  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const [id, ...others] = ids;
    if (id === undefined) return new Set();
    if (others.length === 0) return this.#deleteOne(id, attempt);
    const found = await this.#find(ids, 'id', attempt);
    const there = found.map((document) => recordId(String(document.id)));
    for (const part of fittingLists(there)) await deleteBy(idFilter(part), attempt, this.#single);
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

  storeIf(record: EncodedRecord<string>, _: WriteCondition, attempt: Attempt): Promise<boolean> {
    return storeIfAbsent(record, attempt, this.#single);
  }

  async touch(id: string, ttlMs: number | undefined, attempt: Attempt): Promise<boolean> {
    const [found] = await this.#find([id], 'id', attempt);
    const end = ttlMs === undefined ? NEVER : Math.ceil(Date.now() + ttlMs);
    return found !== undefined && setEnd(id, end, attempt, this.#single);
  }

  async count(query: TypesenseQuery, attempt: Attempt): Promise<number> {
    const { parameters } = compileSearch<R>(this.#config, { ...query, limit: 1 }, Date.now());
    const counting = [{ ...parameters, per_page: 0 }];
    const [result] = await multiSearch(this.#connection, this.#config, counting, attempt);
    return result?.found ?? 0;
  }

  clear(attempt: Attempt): Promise<number> {
    return deleteBy(`${EXPIRES_AT}:>0`, attempt, this.#single);
  }

  purge(attempt: Attempt): Promise<number> {
    return deleteBy(`${EXPIRES_AT}:<=${Date.now()}`, attempt, this.#single);
  }

  /** Two requests at once: a search proves that the collection is served; not every key may ask for the version. */
  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const debug = this.#connection.request(attempt, { method: 'get', path: '/debug' });
    return (await Promise.all([debug.then(versionOf, () => ({})), this.#look(attempt)]))[0];
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
    if (id === undefined || others.length > 0 || this.#config.searchOnly)
      return this.#find(ids, undefined, attempt);
    const document = await this.#connection
      .requestObject(attempt, { method: 'get', path: this.#pathOf(id) })
      .catch(unlessMissing);
    return document && !isExpired(document, Date.now()) ? [document] : [];
  }

  #find(ids: readonly string[], fields: string | undefined, attempt: Attempt): Promise<Document[]> {
    return findDocuments({ connection: this.#connection, config: this.#config }, { ids, fields }, attempt);
  }

  #pathOf(id: string): string {
    return `${this.#path}/${encodeURIComponent(documentId(id))}`;
  }
}
