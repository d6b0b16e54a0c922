export type { CallOptions, StorageAdapter, StoreOptions } from './adapter.js';
export {
  type Attempt,
  type Backend,
  type BatchLimits,
  type EncodedRecord,
  FaultError,
} from './backend.js';
export type { HealthReport } from './calls/health.js';
export type { AdapterOptions, RetryOptions } from './calls/options.js';
export type { Internals } from './calls/runner.js';
export { createAdapter } from './create-adapter.js';
export {
  StorageAbortedError,
  StorageConnectionError,
  StorageDataError,
  StorageNotFoundError,
  StorageQueryError,
  StorageTimeoutError,
  toStorageError,
} from './errors/errors.js';
export type { Fault, FaultKind, Outcome } from './errors/fault.js';
export {
  type FaultContext,
  type ItemFailure,
  StorageError,
  type StorageErrorJson,
} from './errors/storage-error.js';
export { type CursorPosition, decodeCursor, encodeCursor } from './records/cursor.js';
export { decodeJson, encodeJson } from './records/json.js';
export type { SearchPage, StorageQuery, StorageRecord, Stored } from './records/record.js';
export type { StorageTarget } from './telemetry/target.js';
export type { LatencySnapshot, MetricsSnapshot, Operation, OperationMetrics } from './telemetry/metrics.js';
