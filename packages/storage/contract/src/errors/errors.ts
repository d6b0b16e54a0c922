import type { Fault, FaultKind } from './fault.js';
import { type FaultContext, StorageError } from './storage-error.js';

/** The server cannot be reached, does not accept connections now, or refuses the credentials (then not retriable). */
export class StorageConnectionError extends StorageError {
  override readonly name = 'StorageConnectionError';
  static readonly kind = 'connection';
  readonly kind = 'connection';
}

/** The deadline passed, retries included, or the server ended the request for taking too long. */
export class StorageTimeoutError extends StorageError {
  override readonly name = 'StorageTimeoutError';
  static readonly kind = 'timeout';
  readonly kind = 'timeout';
}

/** The server refused the request itself: malformed, not supported, or out of resources. */
export class StorageQueryError extends StorageError {
  override readonly name = 'StorageQueryError';
  static readonly kind = 'query';
  readonly kind = 'query';
}

/** A record, an id or a stored value is not what it must be. */
export class StorageDataError extends StorageError {
  override readonly name = 'StorageDataError';
  static readonly kind = 'data';
  readonly kind = 'data';
}

/** The condition of a write does not hold: the record exists (`EXISTS`), or has changed or gone (`VERSION`). */
export class StorageConflictError extends StorageError {
  override readonly name = 'StorageConflictError';
  static readonly kind = 'conflict';
  readonly kind = 'conflict';
}

/** The table, collection or database is not there; a missing record is null or false and no error. */
export class StorageNotFoundError extends StorageError {
  override readonly name = 'StorageNotFoundError';
  static readonly kind = 'not_found';
  readonly kind = 'not_found';
}

/** The caller's signal, or `disconnect`, ended the call. */
export class StorageAbortedError extends StorageError {
  override readonly name = 'StorageAbortedError';
  static readonly kind = 'aborted';
  readonly kind = 'aborted';
}

const CLASSES = {
  connection: StorageConnectionError,
  timeout: StorageTimeoutError,
  query: StorageQueryError,
  data: StorageDataError,
  conflict: StorageConflictError,
  not_found: StorageNotFoundError,
  aborted: StorageAbortedError,
} as const satisfies Record<FaultKind, unknown>;

/** Makes the error of a fault; its kind decides the class. */
export function toStorageError(fault: Fault, context: FaultContext): StorageError {
  return new CLASSES[fault.kind](fault, context);
}
