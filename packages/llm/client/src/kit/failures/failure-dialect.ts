import type { ErrorFacts } from './error-body.js';
import type { FailureRule } from './failure-rule.js';
import type { WallClock } from './retry-after.js';

/** What failures are explained with. */
export interface FailureOptions {
  /** How the service reports failures. */
  readonly failures: FailureDialect;
  /** Key that no error shows, even where the service echoes it. */
  readonly apiKey?: string | undefined;
  /** Time that dates of the service are compared with. @default Date.now */
  readonly wallClock?: WallClock | undefined;
}

/** How one service reports failures. */
export interface FailureDialect {
  /** Rules of the service, which come before those of the HTTP statuses. */
  readonly rules: readonly FailureRule[];
  /** Reads an error's body. @default `error` with `code` or `type`, or these at the top */
  readonly readBody?: ((body: unknown) => ErrorFacts) | undefined;
}
