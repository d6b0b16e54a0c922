import type { HealthReport } from './calls/health.js';
import type { CallOptions, StoreOptions, WriteOptions } from './calls/options.js';
import type { SearchPage, StorageQuery, StorageRecord, Stored } from './records/record.js';
import type { MetricsSnapshot } from './telemetry/metrics.js';

/** A record and the version of it that was read. */
export interface Versioned<R extends StorageRecord> {
  readonly record: Stored<R>;
  /** Opaque; changes with every write of the record. */
  readonly version: string;
}

/** What not every server can do. */
export interface AdapterCapabilities {
  /** `store(record, { ifAbsent: true })`. */
  readonly ifAbsent: boolean;
  /** `retrieveVersioned`, `store(record, { ifVersion })` and `update`. */
  readonly ifVersion: boolean;
  readonly touch: boolean;
  readonly clear: boolean;
  readonly purgeExpired: boolean;
}

/**
 * The calls that every backend answers in the same way.
 *
 * Every call rejects with a member of the `StorageError` family and nothing else. Inputs are never mutated.
 */
export interface StorageAdapter<
  R extends StorageRecord,
  Q extends StorageQuery = StorageQuery,
  Item = Stored<R>,
> {
  /** Backend's name, such as `redis`. */
  readonly backend: string;
  /** Opens the connection and checks that the server answers; concurrent calls share one attempt, a repeated call does nothing. */
  connect(options?: CallOptions): Promise<void>;
  /** Refuses new calls, lets those in flight finish until its deadline and closes everything; may be repeated; `connect` may follow. */
  disconnect(options?: CallOptions): Promise<void>;
  /** Which of the calls that not every server has this adapter answers; the others reject with the code `UNSUPPORTED`. */
  readonly capabilities: AdapterCapabilities;
  /** Inserts or replaces a record and returns its id; with a condition that does not hold, rejects with a `StorageConflictError`. */
  store(record: R, options?: WriteOptions): Promise<string>;
  /** The record, or null when there is none (any more). */
  retrieve(id: string, options?: CallOptions): Promise<Stored<R> | null>;
  /** The record with its version, for `store(record, { ifVersion })`; null when there is none. */
  retrieveVersioned(id: string, options?: CallOptions): Promise<Versioned<R> | null>;
  /**
   * Changes a record by what others may change at the same time, and returns what was stored, or null when there is none.
   * A patch replaces the properties that it names; a function gets the record and returns the new one, or undefined to
   * leave it, and may be called again after a conflict. The lifetime stays, unless `ttlMs` is given.
   */
  update(
    id: string,
    change: Partial<R> | ((record: Stored<R>) => R | undefined | Promise<R | undefined>),
    options?: StoreOptions,
  ): Promise<Stored<R> | null>;
  /** Gives a record a new lifetime in milliseconds, or none with null; whether it was there. */
  touch(id: string, ttlMs: number | null, options?: CallOptions): Promise<boolean>;
  /** How many records the query finds; it has neither `limit` nor `cursor`. */
  count(query: Q, options?: CallOptions): Promise<number>;
  /**
   * Every record that the query finds, read page by page as they are asked for; `limit` is the size of a page, `timeoutMs`
   * holds for each. After `break` or abort nothing is left open. Rejects at the end where stored values cannot be read.
   */
  all(query: Q, options?: CallOptions): AsyncGenerator<Item, void, undefined>;
  /** Deletes the records that the query finds, and returns how many; it has neither `limit` nor `cursor`. */
  deleteWhere(query: Q, options?: CallOptions): Promise<number>;
  /** Deletes every record of this adapter's namespace, and returns how many. */
  clear(options?: CallOptions): Promise<number>;
  /** Deletes what has expired and the server still holds, and returns how many; 0 where the server does so by itself. */
  purgeExpired(options?: CallOptions): Promise<number>;
  /** One page of the records that the query describes. */
  search(query: Q, options?: CallOptions): Promise<SearchPage<Item>>;
  /** Whether the record was there to be deleted. */
  delete(id: string, options?: CallOptions): Promise<boolean>;
  /**
   * Stores many and returns their ids in order; of several records with one id the last wins.
   * On a fault, `StorageError.failures` names each record by index; those not named were stored.
   */
  storeBatch(records: readonly R[], options?: StoreOptions): Promise<string[]>;
  /** The records in the order of the ids, null where there is none. */
  retrieveBatch(ids: readonly string[], options?: CallOptions): Promise<(Stored<R> | null)[]>;
  /** For each distinct id, whether its record was there to be deleted. */
  deleteBatch(ids: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, boolean>>;
  /** Asks the server whether it serves; never rejects, never outlives its deadline. */
  healthCheck(options?: CallOptions): Promise<HealthReport>;
  /** What this adapter did since it was made. */
  getMetrics(): MetricsSnapshot;
}
