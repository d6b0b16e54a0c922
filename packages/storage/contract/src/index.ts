export type { AdapterCapabilities, StorageAdapter, Versioned } from './adapter.js';
export type { Backend } from './backend.js';
export type { BackendExtras, WriteCondition } from './backend-extras.js';
export type { BatchLimits } from './batches/batch.js';
export type { EncodedRecord } from './batches/prepare.js';
export type { Attempt } from './calls/attempt.js';
export type { HealthReport } from './calls/health.js';
export type {
  AdapterOptions,
  CallOptions,
  RetryOptions,
  StoreOptions,
  WriteOptions,
} from './calls/options.js';
export type { Internals } from './calls/runner.js';
export { createAdapter } from './create-adapter.js';
export {
  StorageAbortedError,
  StorageConflictError,
  StorageConnectionError,
  StorageDataError,
  StorageNotFoundError,
  StorageQueryError,
  StorageTimeoutError,
  toStorageError,
} from './errors/errors.js';
export type { Fault, FaultKind, Outcome } from './errors/fault.js';
export { FaultError } from './errors/fault-error.js';
export type { Operation } from './errors/operation.js';
export {
  type FaultContext,
  type ItemFailure,
  StorageError,
  type StorageErrorJson,
} from './errors/storage-error.js';
export { type CursorPosition, decodeCursor, encodeCursor } from './records/cursor.js';
export { decodeJson, encodeJson } from './records/json.js';
export type { SearchPage, StorageQuery, StorageRecord, Stored } from './records/record.js';
export type { AnyShape, Shape } from './records/shape.js';
export type { LatencySnapshot, MetricsSnapshot, OperationMetrics } from './telemetry/metrics.js';
export type { StorageTarget } from './telemetry/target.js';
