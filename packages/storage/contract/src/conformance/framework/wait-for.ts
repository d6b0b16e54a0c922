import { setTimeout as sleep } from 'node:timers/promises';

/** How long something is tried, in milliseconds, and with which pauses. */
export interface WaitOptions {
  readonly timeout?: number;
  readonly interval?: number;
}

/** Settles when `body` no longer throws (default within a second); rejects with what it threw last. */
export async function waitFor(
  body: () => unknown,
  { timeout = 1_000, interval = 50 }: WaitOptions = {},
): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    try {
      await body();
      return;
    } catch (error) {
      if (performance.now() >= end) throw error;
      await sleep(interval);
    }
  }
}
