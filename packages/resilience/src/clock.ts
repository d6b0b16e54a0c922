/** Time as this package sees it; replaced in tests. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once after `ms` milliseconds; the returned function cancels. */
  schedule(callback: () => void, ms: number): () => void;
}

/** The process' monotonic clock; unlike the wall clock, it never jumps. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(callback, ms) {
    // Node keeps a list for every length; fractions of a millisecond would make one for each timer.
    const timer = setTimeout(callback, Math.ceil(ms));
    return () => clearTimeout(timer);
  },
};
