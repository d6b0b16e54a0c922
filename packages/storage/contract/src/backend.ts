import type { BackendExtras } from './backend-extras.js';
import type { BatchLimits } from './batches/batch.js';
import type { EncodedRecord, RecordEncoder } from './batches/prepare.js';
import type { Attempt } from './calls/attempt.js';
import type { Fault } from './errors/fault.js';
import type { FaultError } from './errors/fault-error.js';
import type { SearchPage, StorageQuery, StorageRecord, Stored } from './records/record.js';
import type { AnyShape } from './records/shape.js';
import type { StorageTarget } from './telemetry/target.js';

/**
 * What is specific to a backend, and nothing else: requests in bulk (a single call is a bulk of one), the codec and
 * the table of faults. `createAdapter` adds lifecycle, deadlines, retries, metrics, cloning and chunking.
 *
 * Methods throw the driver's own errors (or a `FaultError`): `fault` translates them.
 */
export interface Backend<R extends StorageRecord, Q extends StorageQuery, Item, Encoded>
  extends RecordEncoder<R, Encoded>,
    BackendExtras<R, Q, Encoded> {
  /** Where its requests go, for telemetry; default: nothing but the name is known. */
  readonly target?: StorageTarget;
  readonly limits: BatchLimits;
  /** That calls about one record may travel together, and whether the server applies requests in the order in which they are sent; absent: each travels alone. */
  readonly coalescing?: { readonly ordered: boolean };
  /** Opens everything and checks by I/O that the server answers; `close` follows when it rejects. Must heed the signal. */
  open(attempt: Attempt): Promise<void>;
  /** Closes whatever is open, at once: must not throw, must not wait for the server, may be repeated. */
  close(): Promise<void>;
  /** Stores one chunk with distinct ids; returns the faults of those that failed by id, empty when all were stored. */
  store(records: readonly EncodedRecord<Encoded>[], attempt: Attempt): Promise<ReadonlyMap<string, Fault>>;
  /** Reads one chunk of distinct ids; missing ones are left out or null, and those that cannot be read are faults. */
  retrieve(
    ids: readonly string[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, Stored<R> | FaultError | null>>;
  /** Deletes one chunk of distinct ids and returns those that were there. */
  delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>>;
  /** What such a query may hold: a search refuses any other name, since ignoring it would find too much; without it nothing is looked at. */
  readonly queryShape?: (query: Q) => AnyShape;
  /** One page of at most `limit` items; throws a `FaultError` of kind `query` for a cursor it did not give out. */
  search(query: Q & { readonly limit: number }, attempt: Attempt): Promise<SearchPage<Item>>;
  /** One cheap request that proves that the server serves. */
  ping(attempt: Attempt): Promise<{ readonly version?: string }>;
  /** Translates a driver's error; `sent` tells whether `sending` was called in the attempt. */
  fault(error: unknown, sent: boolean): Fault;
}
