import type { Clock } from './clock.js';

/** A clock that moves only when told; callbacks run in the order of their times. */
export class ManualClock implements Clock {
  #now = 0;
  #timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  schedule(callback: () => void, ms: number): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that are neither due nor cancelled. */
  get pending(): number {
    return this.#timers.length;
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.#now).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter((timer) => timer.at > this.#now);
    for (const timer of due) timer.callback();
  }
}

/** A clock whose scheduled callbacks come at once, moving time to them; remembers every pause. */
export class InstantClock implements Clock {
  #now = 0;
  readonly pauses: number[] = [];

  now(): number {
    return this.#now;
  }

  schedule(callback: () => void, ms: number): () => void {
    if (ms >= 1e6) return () => {};
    this.pauses.push(ms);
    let cancelled = false;
    queueMicrotask(() => {
      if (cancelled) return;
      this.#now += ms;
      callback();
    });
    return () => {
      cancelled = true;
    };
  }
}
