export type { CallOptions, StorageAdapter, StoreOptions } from './adapter.js';
export {
  type Attempt,
  type Backend,
  type BatchLimits,
  type EncodedRecord,
  FaultError,
} from './backend.js';
export { createAdapter } from './create-adapter.js';
export { type CursorPosition, decodeCursor, encodeCursor } from './cursor.js';
export {
  StorageAbortedError,
  StorageConnectionError,
  StorageDataError,
  StorageNotFoundError,
  StorageQueryError,
  StorageTimeoutError,
  toStorageError,
} from './errors.js';
export type { Fault, FaultKind, Outcome } from './fault.js';
export type { HealthReport } from './health.js';
export { decodeJson, encodeJson } from './json.js';
export type { LatencySnapshot, MetricsSnapshot, Operation, OperationMetrics } from './metrics.js';
export type { AdapterOptions, RetryOptions } from './options.js';
export type { SearchPage, StorageQuery, StorageRecord, Stored } from './record.js';
export type { Internals } from './runner.js';
export { type FaultContext, type ItemFailure, StorageError, type StorageErrorJson } from './storage-error.js';
export type { StorageTarget } from './target.js';
