import { type Clock, systemClock } from './clock.js';
import { whenAborted } from './deadline.js';
import type { Endable } from './endable.js';

/**
 * The promise's result, or a rejection with the reason as soon as the signal fires.
 *
 * The abandoned promise may still settle; its rejection is taken care of.
 */
export function abandonOn<T>(until: AbortSignal | Endable, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = whenAborted(until, () => reject(until.reason));
    promise.then(
      (value) => {
        leave();
        resolve(value);
      },
      (error) => {
        leave();
        reject(error);
      },
    );
  });
}

/** Waits `ms` milliseconds; rejects with the reason when it is ended first. */
export function sleep(ms: number, until: AbortSignal | Endable, clock: Clock = systemClock): Promise<void> {
  let cancel: () => void = () => {};
  const elapsed = new Promise<void>((resolve) => {
    cancel = clock.schedule(resolve, ms);
  });
  return abandonOn(until, elapsed).finally(() => cancel());
}
