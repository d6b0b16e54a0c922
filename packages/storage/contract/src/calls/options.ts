import type { Telemetry } from '../telemetry/telemetry.js';

/** Accepted by every call. */
export interface CallOptions {
  /** Ends the call early with a `StorageAbortedError`; a signal that is already aborted causes no I/O. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline in milliseconds for the whole call, retries and all chunks included; default: the adapter's. */
  readonly timeoutMs?: number | undefined;
}

/** Accepted by `store` and `storeBatch`. */
export interface StoreOptions extends CallOptions {
  /** Lifetime in milliseconds, after which the record is gone; default: the adapter's, else for ever. */
  readonly ttlMs?: number | undefined;
}

/** Accepted by `store`: at most one condition. */
export interface WriteOptions extends StoreOptions {
  /** Only where no such record is there, else a `StorageConflictError`. */
  readonly ifAbsent?: boolean | undefined;
  /** Only where the record still has this version, as `retrieveVersioned` tells it, else a `StorageConflictError`. */
  readonly ifVersion?: string | undefined;
}

/** How often and how fast a call is tried again. */
export interface RetryOptions {
  /** Most attempts at one request, the first included; default 3, 1 turns retries off. */
  readonly maxAttempts?: number | undefined;
  /** Upper bound of the first pause in milliseconds; doubles with each attempt, full jitter; default 50. */
  readonly baseDelayMs?: number | undefined;
  /** Upper bound of any pause in milliseconds; default 1 000. */
  readonly maxDelayMs?: number | undefined;
}

/** Options that every adapter has. */
export interface AdapterOptions {
  /** Deadline of a call that gives none, in milliseconds, retries included; default 5 000. */
  readonly timeoutMs?: number | undefined;
  /** Retries: only transient faults, and only where the call was not applied or is idempotent. */
  readonly retry?: RetryOptions | undefined;
  /** Lifetime of records stored without their own, in milliseconds; default: they stay. */
  readonly ttlMs?: number | undefined;
  /** Whether calls about one record that are made at the same time travel in one request; only those with the same `signal`, `timeoutMs` and `ttlMs` do; default true. */
  readonly coalesce?: boolean | undefined;
  /** Receives every call, such as `openTelemetry()` of `@drydock/storage/telemetry`; default: none. */
  readonly telemetry?: Telemetry | undefined;
}
