import type { Fault, FaultKind } from './fault.js';
import { type FaultContext, StorageError } from './storage-error.js';

/** The server cannot be reached, does not take connections now, or refuses the credentials (then not retriable). */
export class StorageConnectionError extends StorageError {
  override readonly name = 'StorageConnectionError';
  readonly kind = 'connection';

  /** Whether a value is of this class, also when it was made by another copy of this package. */
  static override isInstance(value: unknown): value is StorageConnectionError {
    return isKind(value, 'connection');
  }
}

/** The deadline passed, retries included, or the server gave up in time. */
export class StorageTimeoutError extends StorageError {
  override readonly name = 'StorageTimeoutError';
  readonly kind = 'timeout';

  /** Whether a value is of this class, also when it was made by another copy of this package. */
  static override isInstance(value: unknown): value is StorageTimeoutError {
    return isKind(value, 'timeout');
  }
}

/** The server refused the request itself: malformed, not supported, or out of resources. */
export class StorageQueryError extends StorageError {
  override readonly name = 'StorageQueryError';
  readonly kind = 'query';

  /** Whether a value is of this class, also when it was made by another copy of this package. */
  static override isInstance(value: unknown): value is StorageQueryError {
    return isKind(value, 'query');
  }
}

/** A record, an id or a stored value is not what it must be. */
export class StorageDataError extends StorageError {
  override readonly name = 'StorageDataError';
  readonly kind = 'data';

  /** Whether a value is of this class, also when it was made by another copy of this package. */
  static override isInstance(value: unknown): value is StorageDataError {
    return isKind(value, 'data');
  }
}

/** The table, collection or database is not there; a missing record is null or false and no error. */
export class StorageNotFoundError extends StorageError {
  override readonly name = 'StorageNotFoundError';
  readonly kind = 'not_found';

  /** Whether a value is of this class, also when it was made by another copy of this package. */
  static override isInstance(value: unknown): value is StorageNotFoundError {
    return isKind(value, 'not_found');
  }
}

/** The caller's signal, or `disconnect`, ended the call. */
export class StorageAbortedError extends StorageError {
  override readonly name = 'StorageAbortedError';
  readonly kind = 'aborted';

  /** Whether a value is of this class, also when it was made by another copy of this package. */
  static override isInstance(value: unknown): value is StorageAbortedError {
    return isKind(value, 'aborted');
  }
}

const CLASSES = {
  connection: StorageConnectionError,
  timeout: StorageTimeoutError,
  query: StorageQueryError,
  data: StorageDataError,
  not_found: StorageNotFoundError,
  aborted: StorageAbortedError,
} as const satisfies Record<FaultKind, unknown>;

/** The error that a fault stands for: the same fault always gives the same class. */
export function toStorageError(fault: Fault, context: FaultContext): StorageError {
  return new CLASSES[fault.kind](fault, context);
}

function isKind(value: unknown, kind: FaultKind): boolean {
  return StorageError.isInstance(value) && value.kind === kind;
}
