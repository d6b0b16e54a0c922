import type { Clock } from './clock.js';

/** Who waits for a point in time. */
export interface Expiring {
  /** Milliseconds by the clock. */
  readonly end: number;
  expire(): void;
}

const timers = new WeakMap<Clock, DeadlineTimer>();

/** One timer for all who wait for the end of their time on a clock; there is none while nobody waits. */
export class DeadlineTimer {
  readonly #clock: Clock;
  readonly #waiting = new Set<Expiring>();
  #firesAt = Number.POSITIVE_INFINITY;
  #stop: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  static of(clock: Clock): DeadlineTimer {
    let timer = timers.get(clock);
    if (!timer) {
      timer = new DeadlineTimer(clock);
      timers.set(clock, timer);
    }
    return timer;
  }

  add(waiting: Expiring): void {
    this.#waiting.add(waiting);
    if (waiting.end < this.#firesAt) this.#start(waiting.end);
  }

  delete(waiting: Expiring): void {
    this.#waiting.delete(waiting);
    // A timer that is left would keep the process alive. While others wait it stays: it looks again when it fires.
    if (this.#waiting.size === 0) this.#clear();
  }

  #start(end: number): void {
    this.#stop?.();
    this.#firesAt = end;
    this.#stop = this.#clock.schedule(() => this.#fire(), end - this.#clock.now());
  }

  #clear(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#firesAt = Number.POSITIVE_INFINITY;
  }

  #fire(): void {
    this.#clear();
    const now = this.#clock.now();
    let earliest = Number.POSITIVE_INFINITY;
    for (const waiting of this.#waiting) {
      if (waiting.end > now) earliest = Math.min(earliest, waiting.end);
      else {
        this.#waiting.delete(waiting);
        waiting.expire();
      }
    }
    // Whoever was told may have begun to wait anew, with a timer of its own.
    if (earliest < this.#firesAt) this.#start(earliest);
  }
}
