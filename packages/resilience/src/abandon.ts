import { type Clock, systemClock } from './clock.js';
import { whenAborted } from './deadline.js';

/**
 * The promise's result, or a rejection with the signal's reason as soon as it fires.
 *
 * The abandoned promise may still settle; its rejection is taken care of.
 */
export function abandonOn<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = whenAborted(signal, () => reject(signal.reason));
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

/** Waits `ms` milliseconds; rejects with the signal's reason when it fires first. */
export function sleep(ms: number, signal: AbortSignal, clock: Clock = systemClock): Promise<void> {
  let cancel: () => void = () => {};
  const elapsed = new Promise<void>((resolve) => {
    cancel = clock.schedule(resolve, ms);
  });
  return abandonOn(signal, elapsed).finally(() => cancel());
}
