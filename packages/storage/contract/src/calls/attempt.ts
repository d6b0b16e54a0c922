import type { Endable } from '@drydock/resilience';

/** One attempt at one call, as a backend sees it; it is ended at the deadline, on the caller's abort and on disconnect: the call is settled then, stop the I/O. */
export interface Attempt extends Endable {
  /** Fires when the attempt is ended; it is made when it is first read, and `onAbort` costs a fraction of it. */
  readonly signal: AbortSignal;
  /** Milliseconds left until the deadline, at least 1; pass it to timers on the server's side. */
  remainingMs(): number;
  /** Call it immediately before each request that is waited for: counts round trips and marks the attempt as sent. */
  sending(): void;
}
