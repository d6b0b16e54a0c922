import type { Fault } from './fault.js';
import type { ItemFailure } from './storage-error.js';

/** Throws a fault that this package or an adapter found itself, without a driver's error. */
export class FaultError extends Error {
  override readonly name = 'FaultError';

  constructor(
    readonly fault: Fault,
    /** What failed within a batch. */
    readonly failures?: readonly ItemFailure[],
    /** Attempts made at the request that failed. */
    readonly attempts?: number,
    /** What could be read all the same. */
    readonly records?: readonly unknown[],
  ) {
    super(fault.detail ?? fault.kind);
  }
}

/** What the caller gave cannot be stored or searched for: found here, before anything was sent. */
export function invalid(kind: 'data' | 'query', code: string, detail: string): FaultError {
  return new FaultError({ kind, retriable: false, outcome: 'not_sent', code, detail });
}
