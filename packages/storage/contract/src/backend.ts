import type { StoreOptions } from './adapter.js';
import type { Fault } from './errors/fault.js';
import type { ItemFailure } from './errors/storage-error.js';
import type { SearchPage, StorageQuery, StorageRecord, Stored } from './records/record.js';
import type { StorageTarget } from './telemetry/target.js';

/** One attempt at one call, as a backend sees it. */
export interface Attempt {
  /** Fires at the deadline, on the caller's abort and on disconnect; the call is settled then, stop the I/O. */
  readonly signal: AbortSignal;
  /** Milliseconds left until the deadline, at least 1; pass it to timers on the server's side. */
  remainingMs(): number;
  /** Call it immediately before each request that is waited for: counts round trips and marks the attempt as sent. */
  sending(): void;
}

/** A record on its way into the store: identified, cloned, encoded. */
export interface EncodedRecord<Encoded> {
  readonly id: string;
  /** What `encode` returned. */
  readonly value: Encoded;
  /** Size that counts against `maxBytes` of a batch. */
  readonly bytes: number;
}

/** How much fits into one request. */
export interface BatchLimits {
  /** Most records or ids in one request. */
  readonly maxItems: number;
  /** Most encoded bytes in one request; a record larger than that travels alone. */
  readonly maxBytes: number;
}

/**
 * What is specific to a backend, and nothing else: requests in bulk (a single call is a bulk of one), the codec and
 * the table of faults. `createAdapter` adds lifecycle, deadlines, retries, metrics, cloning and chunking.
 *
 * Methods throw the driver's own errors (or a `FaultError`): `fault` translates them.
 */
export interface Backend<R extends StorageRecord, Q extends StorageQuery, Item, Encoded> {
  /** Such as `redis`. */
  readonly name: string;
  /** Where its requests go, for telemetry; default: nothing but the name is known. */
  readonly target?: StorageTarget;
  readonly limits: BatchLimits;
  /** Whether records can expire; without it a `ttlMs` is refused with a data error. */
  readonly supportsTtl: boolean;
  /** Opens everything and checks by I/O that the server answers; `close` follows when it rejects. Must heed the signal. */
  open(attempt: Attempt): Promise<void>;
  /** Closes whatever is open, at once: must not throw, must not wait for the server, may be repeated. */
  close(): Promise<void>;
  /** Encodes a record that has its id, synchronously; throws a `FaultError` of kind `data` when it cannot be stored. */
  encode(record: Stored<R>, options: Pick<StoreOptions, 'ttlMs'>): { value: Encoded; bytes: number };
  /** Stores one chunk with distinct ids; returns the faults of those that failed by id, empty when all were stored. */
  store(records: readonly EncodedRecord<Encoded>[], attempt: Attempt): Promise<ReadonlyMap<string, Fault>>;
  /** Reads one chunk of distinct ids; missing ones are left out or null. */
  retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Stored<R> | null>>;
  /** Deletes one chunk of distinct ids and returns those that were there. */
  delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>>;
  /** One page of at most `limit` items; throws a `FaultError` of kind `query` for a cursor it did not give out. */
  search(query: Q & { readonly limit: number }, attempt: Attempt): Promise<SearchPage<Item>>;
  /** One cheap request that proves that the server serves. */
  ping(attempt: Attempt): Promise<{ readonly version?: string }>;
  /** Translates a driver's error; `sent` tells whether `sending` was called in the attempt. */
  fault(error: unknown, sent: boolean): Fault;
  /** Throws a `FaultError` of kind `data` for an id that this backend cannot hold. */
  checkId?(id: string): void;
}

/** Carries a fault that was found here, without a driver's error. */
export class FaultError extends Error {
  override readonly name = 'FaultError';

  constructor(
    readonly fault: Fault,
    /** What failed within a batch. */
    readonly failures?: readonly ItemFailure[],
    /** Attempts made at the request that failed. */
    readonly attempts?: number,
  ) {
    super(fault.detail ?? fault.kind);
  }
}
