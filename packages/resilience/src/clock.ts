/** Time as this package sees it; replaced in tests. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once after `ms` milliseconds; the returned function cancels. */
  schedule(callback: () => void, ms: number): () => void;
}

/** The longest that a timer of Node's takes; one that is longer fires at once. */
const LONGEST_MS = 2_147_483_647;

/** The process' monotonic clock; unlike the wall clock, it never jumps. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(callback, ms) {
    // Node keeps a list for every length; fractions of a millisecond would make one for each timer.
    if (!(ms > LONGEST_MS)) return timer(callback, Math.ceil(ms));
    let cancel = timer(() => {
      cancel = systemClock.schedule(callback, ms - LONGEST_MS);
    }, LONGEST_MS);
    return () => cancel();
  },
};

function timer(callback: () => void, ms: number): () => void {
  const started = setTimeout(callback, ms);
  return () => clearTimeout(started);
}
