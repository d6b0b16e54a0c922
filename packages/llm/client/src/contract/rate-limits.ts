/** One limit of an account, as far as the service names it. */
export interface RateLimit {
  /** Most within the service's window. */
  readonly limit?: number;
  /** What is left of it. */
  readonly remaining?: number;
  /** Milliseconds from the answer until the whole of it is there again. */
  readonly resetMs?: number;
}

/** How much of the account's limits is left after an answer, by its headers. */
export interface RateLimits {
  readonly requests?: RateLimit;
  readonly tokens?: RateLimit;
}
