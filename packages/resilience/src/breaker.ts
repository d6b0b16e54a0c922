import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';

/** When a breaker opens and closes. */
export interface BreakerOptions {
  /** Consecutive failures that open it; default 5. */
  readonly failures?: number;
  /** Milliseconds it stays open before one call is let through; default 10 000. */
  readonly cooldownMs?: number;
  /** Which errors count: those of the other side, not of the caller; default all. */
  readonly isFailure?: (error: unknown) => boolean;
}

/** Thrown instead of calling while the breaker is open. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';

  constructor() {
    super('not called: too many calls in a row failed; try again later');
  }
}

/** Stops calling what keeps failing. */
export class Breaker {
  readonly #policy: CircuitBreakerPolicy;

  constructor(options: BreakerOptions = {}) {
    this.#policy = circuitBreaker(handleWhen(options.isFailure ?? (() => true)), {
      breaker: new ConsecutiveBreaker(options.failures ?? 5),
      halfOpenAfter: options.cooldownMs ?? 10_000,
    });
  }

  /** Whether calls are refused now. */
  get open(): boolean {
    return this.#policy.state === CircuitState.Open;
  }

  /** Runs the call, or rejects with a `BreakerOpenError` without running it. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(call);
    } catch (error) {
      throw isBrokenCircuitError(error) ? new BreakerOpenError() : error;
    }
  }
}
