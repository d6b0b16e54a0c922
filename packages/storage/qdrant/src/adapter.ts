import {
  type Attempt,
  type Backend,
  createAdapter,
  type EncodedRecord,
  type Fault,
  type SearchPage,
  type StorageAdapter,
  type Stored,
} from '@drydock/storage';
import { adapterOptions, refused, storeByHalves } from '@drydock/storage/backend-kit';
import {
  decodePoint,
  EXPIRES_AT,
  encodePoint,
  isExpired,
  type Point,
  type QdrantRecord,
  type ReadPoint,
} from './codec.js';
import { prepareCollection } from './collection.js';
import { type QdrantConfig, type ResolvedConfig, resolveConfig, targetOf } from './config.js';
import { Connection } from './connection.js';
import { toFault } from './errors.js';
import { pointId } from './point-id.js';
import { compileFilter } from './search/filter.js';
import { type QdrantItem, type QdrantQuery, queryShape } from './search/query.js';
import { compileSearch, type ScoredPoint } from './search/search.js';
import { countBy, deleteBy, expired, type SelectionContext, setEnd, settled } from './selection.js';

/** An adapter that keeps records as the points of one Qdrant collection. */
export type QdrantAdapter<R extends QdrantRecord> = StorageAdapter<R, QdrantQuery, QdrantItem<R>>;

/** Makes an adapter; connects to nothing yet. Throws a `TypeError` for options that cannot work. */
export function createQdrantAdapter<R extends QdrantRecord>(config: QdrantConfig): QdrantAdapter<R> {
  return createAdapter(new QdrantBackend<R>(resolveConfig(config)), adapterOptions(config));
}

class QdrantBackend<R extends QdrantRecord> implements Backend<R, QdrantQuery, QdrantItem<R>, Point> {
  readonly name = 'qdrant';
  readonly supportsTtl = true;
  readonly coalescing = { ordered: false };
  readonly fault = toFault;
  readonly queryShape = queryShape;
  readonly limits: ResolvedConfig['limits'];
  readonly target;
  readonly #config: ResolvedConfig;
  readonly #connection: Connection;
  readonly #selection: SelectionContext;

  constructor(config: ResolvedConfig) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#config = config;
    this.#connection = new Connection(config.connection);
    this.#selection = { connection: this.#connection, collection: config.collection, wait: config.wait };
  }

  async open(attempt: Attempt): Promise<void> {
    this.#connection.open();
    await prepareCollection(this.#connection, this.#config, attempt);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  encode(record: Stored<R>, { ttlMs }: { readonly ttlMs?: number }) {
    return encodePoint(this.#config.vector, record, ttlMs === undefined ? undefined : Date.now() + ttlMs);
  }

  store(records: readonly EncodedRecord<Point>[], attempt: Attempt): Promise<ReadonlyMap<string, Fault>> {
    return storeByHalves(records, (some) => this.#upsert(some, attempt), dataFaultOf);
  }

  async retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Stored<R>>> {
    const points = await this.#read(ids, { with_payload: true, with_vector: true }, attempt);
    const records = points.map((point) => decodePoint<R>(this.#config.vector, point));
    return new Map(records.map((record) => [record.id, record]));
  }

  /** Looks first, because the server says "completed" of what was never there; two deletes at once may both say true. */
  async delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const points = await this.#read(ids, { with_payload: ['id', EXPIRES_AT], with_vector: false }, attempt);
    const found = new Set(points.map(({ payload }) => String(payload?.id)));
    const there = ids.filter((id) => found.has(id));
    if (there.length === 0) return new Set();
    const { collection, wait } = this.#config;
    const result = await this.#connection.request(attempt, (api, settings) =>
      api.deletePoints({ collection_name: collection, wait, points: there.map(pointId) }, settings),
    );
    settled(result);
    return new Set(there);
  }

  async search(
    query: QdrantQuery & { readonly limit: number },
    attempt: Attempt,
  ): Promise<SearchPage<QdrantItem<R>>> {
    const search = compileSearch<R>(this.#config.vector, query, Date.now());
    const target = { collection_name: this.#config.collection, timeout: serverTimeout(attempt) };
    if (search.kind === 'scroll') {
      const { points, next_page_offset } = await this.#connection.request(attempt, (api, settings) =>
        api.scrollPoints({ ...target, ...search.body }, settings),
      );
      return search.page(points as ReadPoint[], next_page_offset);
    }
    const { points } = await this.#connection.request(attempt, (api, settings) =>
      api.queryPoints({ ...target, ...search.body }, settings),
    );
    return search.page(points as ScoredPoint[]);
  }

  async touch(id: string, ttlMs: number | undefined, attempt: Attempt): Promise<boolean> {
    const [found] = await this.#read([id], { with_payload: [EXPIRES_AT], with_vector: false }, attempt);
    if (found) await setEnd(id, ttlMs, attempt, this.#selection);
    return found !== undefined;
  }

  async count({ near, filter }: QdrantQuery, attempt: Attempt): Promise<number | undefined> {
    return near === undefined
      ? countBy(compileFilter(filter, Date.now()), attempt, this.#selection)
      : undefined;
  }

  clear(attempt: Attempt): Promise<number> {
    return deleteBy({}, attempt, this.#selection);
  }

  purge(attempt: Attempt): Promise<number> {
    return deleteBy(expired(Date.now()), attempt, this.#selection);
  }

  /** Two requests at once: only the root tells the version, and only another path asks for the key. */
  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const { collection } = this.#config;
    const [{ version }, { exists }] = await Promise.all([
      this.#connection.send(attempt, (api, settings) => api.root({}, settings)),
      this.#connection.request(attempt, (api, settings) =>
        api.collectionExists({ collection_name: collection }, settings),
      ),
    ]);
    if (!exists)
      throw refused('not_found', 'COLLECTION_MISSING', 'the collection is gone; connect again to create it');
    return typeof version === 'string' ? { version } : {};
  }

  async #upsert(records: readonly EncodedRecord<Point>[], attempt: Attempt) {
    const { collection, wait } = this.#config;
    const points = records.map(({ value }) => value);
    const result = await this.#connection.request(attempt, (api, settings) =>
      api.upsertPoints({ collection_name: collection, wait, points }, settings),
    );
    settled(result);
    return new Map<string, Fault>();
  }

  async #read(
    ids: readonly string[],
    selection: { readonly with_payload: true | string[]; readonly with_vector: boolean },
    attempt: Attempt,
  ): Promise<ReadPoint[]> {
    const body = {
      collection_name: this.#config.collection,
      timeout: serverTimeout(attempt),
      ids: ids.map(pointId),
      ...selection,
    };
    const points = (await this.#connection.request(attempt, (api, settings) =>
      api.getPoints(body, settings),
    )) as ReadPoint[];
    const now = Date.now();
    return points.filter((point) => !isExpired(point, now));
  }
}

/** Whole seconds are all that the server takes; it must not give up before the deadline. */
function serverTimeout(attempt: Attempt): number {
  return Math.ceil(attempt.remainingMs() / 1_000);
}

/** The fault of an error that is about one of the points; the server writes none of the request then. */
function dataFaultOf(error: unknown): Fault | undefined {
  const fault = toFault(error, true);
  return fault.kind === 'data' ? fault : undefined;
}
