import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect } from 'vitest';

const RESOLUTION_MS = 10;
/** Share of the deadline by which a call may be late. */
const TOLERANCE = 0.1;
/** Milliseconds for what neither the deadline nor the event loop causes: settling, and the resolution of timers. */
const ALLOWANCE_MS = 250;

/** The result or error of a call, and how long it took. */
export interface Timed {
  readonly error?: unknown;
  readonly value?: unknown;
  readonly elapsedMs: number;
  /** Longest time for which the event loop stood still meanwhile: no call can keep a deadline then. */
  readonly stalledMs: number;
}

/** Measures how long a call takes; never rejects. */
export async function timed(call: () => Promise<unknown>): Promise<Timed> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const started = performance.now();
  const settled = await call().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const elapsedMs = performance.now() - started;
  delays.disable();
  return { ...settled, elapsedMs, stalledMs: Math.max(0, delays.max / 1e6 - RESOLUTION_MS) };
}

/** A call may take its deadline and a tenth, 250 ms, and what the event loop lost meanwhile. */
export function expectInTime({ elapsedMs, stalledMs }: Timed, timeoutMs: number): void {
  expect(elapsedMs).toBeLessThanOrEqual(timeoutMs * (1 + TOLERANCE) + ALLOWANCE_MS + stalledMs);
}

/** As `expectInTime`, for a call that had nothing else to wait for than its deadline. */
export function expectAtDeadline(call: Timed, timeoutMs: number): void {
  // The platform's timers may fire a millisecond early.
  expect(call.elapsedMs).toBeGreaterThanOrEqual(timeoutMs - 2);
  expectInTime(call, timeoutMs);
}
