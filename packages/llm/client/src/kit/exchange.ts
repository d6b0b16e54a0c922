import { type Clock, systemClock } from '@drydock/resilience';
import type { CallTimings } from '../contract/generate.js';
import type { WallClock } from './failures/retry-after.js';
import { rateLimitsOf } from './rate-limits.js';

/** What one call has with its service, whichever layers lie between: how long it waited, and the headers that came. */
export class Exchange {
  readonly #clock: Clock;
  readonly #timings: CallTimings | undefined;
  /** Headers of the latest answer. */
  headers: Headers | undefined;
  readonly #wallClock: WallClock | undefined;

  constructor(clock: Clock = systemClock, timings?: CallTimings, wallClock?: WallClock) {
    this.#clock = clock;
    this.#timings = timings;
    this.#wallClock = wallClock;
    if (timings) timings.elsewhereMs ??= 0;
  }

  /** The result with what is left of the account's limits, where the headers say it. */
  withRateLimits<T extends object>(result: T): T {
    const rateLimits = rateLimitsOf(this.headers, this.#wallClock);
    return rateLimits ? { ...result, rateLimits } : result;
  }

  /** Waits for the service, in time that counts for nobody else. */
  async wait<T>(next: Promise<T>): Promise<T> {
    const timings = this.#timings;
    if (!timings) return next;
    const started = this.#clock.now();
    try {
      return await next;
    } finally {
      timings.elsewhereMs = (timings.elsewhereMs ?? 0) + this.#clock.now() - started;
    }
  }
}

/** Options of a fetch with the exchange that it is a part of; never passed on to a fetch that sends. */
export interface ExchangeInit extends RequestInit {
  readonly exchange?: Exchange | undefined;
}
