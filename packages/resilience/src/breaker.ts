import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
  isBrokenCircuitError,
} from 'cockatiel';
import { type Clock, systemClock } from './clock.js';

/** When a breaker opens and closes. */
export interface BreakerOptions {
  /** Consecutive failures that open it; default 5. */
  readonly failures?: number | undefined;
  /** Milliseconds it stays open before one call is let through; default 10 000. */
  readonly cooldownMs?: number | undefined;
  /** Which errors count: those of the other side, not of the caller; default all. */
  readonly isFailure?: ((error: unknown) => boolean) | undefined;
  /** Which errors say nothing about the other side, such as an abort by the caller: they do not close the breaker; default none. */
  readonly isInconclusive?: ((error: unknown) => boolean) | undefined;
  /** Default: `systemClock`. */
  readonly clock?: Clock | undefined;
}

/** Thrown instead of calling while the breaker is open. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';

  constructor() {
    super('not called: too many calls in a row failed; try again later');
  }
}

/** Refuses calls for a while after too many of them failed in a row. */
export class Breaker {
  readonly #policy: CircuitBreakerPolicy;
  /** How many calls in a row failed. */
  readonly #row: ConsecutiveBreaker;

  constructor(options: BreakerOptions = {}) {
    const { isFailure = () => true, isInconclusive = () => false } = options;
    const { failures = 5, cooldownMs = 10_000, clock = systemClock } = options;
    // The one call that is let through closes the breaker unless it counts as a failure.
    const counts = (error: unknown) =>
      isFailure(error) || (this.#policy.state === CircuitState.HalfOpen && isInconclusive(error));
    this.#row = new ConsecutiveBreaker(failures);
    this.#policy = circuitBreaker(handleWhen(counts), {
      breaker: this.#row,
      halfOpenAfter: { next: () => cooldown(clock, cooldownMs) },
    });
  }

  /** Whether calls are refused until the cooldown has passed, or one was let through and has not settled. */
  get open(): boolean {
    return this.#policy.state !== CircuitState.Closed;
  }

  /** Runs the call, or rejects with a `BreakerOpenError` without running it. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.open) return await this.#try(call);
    let result: T;
    try {
      result = await call();
    } catch (error) {
      await this.#report(() => Promise.reject(error));
      throw error;
    }
    // A success after a success changes nothing for the library.
    if (this.#row.state > 0) await this.#report(() => Promise.resolve(result));
    return result;
  }

  async #try<T>(call: () => Promise<T>): Promise<T> {
    // The library lets others wait for the one call; they are refused instead, so that they can go elsewhere.
    if (this.#policy.state === CircuitState.HalfOpen) throw new BreakerOpenError();
    try {
      return await this.#policy.execute(call);
    } catch (error) {
      throw isBrokenCircuitError(error) ? new BreakerOpenError() : error;
    }
  }

  /** Lets the library count a result; an open breaker counts none. */
  async #report(happened: () => Promise<unknown>): Promise<void> {
    if (!this.open) await this.#policy.execute(happened).catch(() => {});
  }
}

/** The library asks how long to wait by the wall clock; the answer is whether our own clock has come so far. */
function cooldown(clock: Clock, ms: number): IBackoff<unknown> {
  const end = clock.now() + ms;
  return {
    get duration() {
      return clock.now() < end ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    },
    next: () => cooldown(clock, ms),
  };
}
