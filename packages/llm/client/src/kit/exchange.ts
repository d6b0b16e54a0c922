import { type Clock, systemClock } from '@drydock/resilience';
import type { CallTimings } from '../contract/generate.js';

/** What one call has with its service, whichever layers lie between: how long it waited, and the headers that came. */
export class Exchange {
  readonly #clock: Clock;
  readonly #timings: CallTimings | undefined;
  /** Headers of the latest answer. */
  headers: Headers | undefined;

  constructor(clock: Clock = systemClock, timings?: CallTimings) {
    this.#clock = clock;
    this.#timings = timings;
  }

  /** Waits for the service, in time that counts for nobody else. */
  async wait<T>(next: Promise<T>): Promise<T> {
    const timings = this.#timings;
    if (!timings) return next;
    const started = this.#clock.now();
    try {
      return await next;
    } finally {
      timings.elsewhereMs += this.#clock.now() - started;
    }
  }
}

/** Options of a fetch with the exchange that it is a part of; never passed on to a fetch that sends. */
export interface ExchangeInit extends RequestInit {
  readonly exchange?: Exchange | undefined;
}
