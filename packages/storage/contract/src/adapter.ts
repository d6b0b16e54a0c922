import type { HealthReport } from './calls/health.js';
import type { CallOptions, StoreOptions } from './calls/options.js';
import type { SearchPage, StorageQuery, StorageRecord, Stored } from './records/record.js';
import type { MetricsSnapshot } from './telemetry/metrics.js';

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
  /** Inserts or replaces a record and returns its id. */
  store(record: R, options?: StoreOptions): Promise<string>;
  /** The record, or null when there is none (any more). */
  retrieve(id: string, options?: CallOptions): Promise<Stored<R> | null>;
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
