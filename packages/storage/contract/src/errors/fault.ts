import type { Outcome } from '@drydock/resilience';

export type { Outcome };

/** What went wrong; each kind has an error class. */
export type FaultKind = 'connection' | 'timeout' | 'query' | 'data' | 'conflict' | 'not_found' | 'aborted';

/** A driver's error, reduced to what is safe to keep: no text of the driver's own, no payload, no credentials. */
export interface Fault {
  /** What went wrong; decides the error class. */
  readonly kind: FaultKind;
  /** Whether the same call may succeed a moment later. */
  readonly retriable: boolean;
  /** What is known of the call's effect. */
  readonly outcome: Outcome;
  /** The driver's or server's stable code, such as `ECONNREFUSED`, `WRONGTYPE` or `23505`. */
  readonly code?: string;
  /** The server's own code where it answered: SQLSTATE, `WRONGTYPE`, HTTP's `404`; only telemetry shows it. */
  readonly status?: string;
  /** What happened and what to do next, in words written by the adapter, never copied from the driver. */
  readonly detail?: string;
}
