import type { Clock } from '../clock.js';
import { RealPauses } from './real-pauses.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock for tests whose time jumps from one scheduled callback to the next, as soon as nothing else is left to do. */
export class VirtualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  schedule(callback: () => void, ms: number): () => void {
    const timer = { at: this.#now + Math.max(0, ms), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Callbacks that are neither due nor cancelled. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Waits for a promise, moving time on whenever everybody waits; rejects when all wait for nothing. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const watched = promise.finally(() => {
      settled = true;
    });
    watched.catch(() => {});
    const pauses = new RealPauses();
    try {
      for (;;) {
        // After all microtasks that are due, and those that they bring about.
        await new Promise((resolve) => setImmediate(resolve));
        if (settled) return await watched;
        if (await pauses.passed()) continue;
        this.#advance();
      }
    } finally {
      pauses.stopWatching();
    }
  }

  #advance(): void {
    const next = this.#next();
    if (!next) throw new Error(`at ${this.#now} ms everybody waits and nothing is scheduled`);
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.callback();
  }

  /** The earliest; of several, the one that was scheduled first. */
  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
    return next;
  }
}
