import type { Operation } from '../errors/operation.js';
import type { StorageError } from '../errors/storage-error.js';
import type { StorageTarget } from './target.js';

/** A call at its beginning. */
export interface CallStart {
  readonly target: StorageTarget;
  readonly operation: Operation;
  /** Records or ids given by the caller. */
  readonly items: number;
}

/** How a call ended. */
export interface CallEnd {
  /** Requests that went to the server and were waited for. */
  readonly roundTrips: number;
  /** Attempts made because an earlier one failed. */
  readonly retries: number;
  /** Absent where the call succeeded. */
  readonly error?: StorageError;
  /** The server's own code of the failure; absent where the server did not answer. */
  readonly status?: string;
}

/** Receives every call of an adapter; a call's outcome stays as it is when telemetry fails. */
export interface Telemetry {
  /** Runs the call in a context of its own, at once; `onEnd` is called once, when the call has ended. */
  call<T>(start: CallStart, run: (onEnd: (end: CallEnd) => void) => Promise<T>): Promise<T>;
}
