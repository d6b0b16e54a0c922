import type { HttpAnswer } from './carried-failure.js';
import type { ErrorFacts } from './error-body.js';
import type { FailureRule } from './failure-rule.js';

/** How one service speaks of failures. */
export interface FailureDialect {
  /** Rules of its own, which come before those of the statuses. */
  readonly rules: readonly FailureRule[];
  /** Reads what is of use in an error's body. @default `error` with `code` or `type`, or these at the top */
  readonly readBody?: ((body: unknown) => ErrorFacts) | undefined;
  /** What an error of its SDK tells of an answer. @default nothing */
  readonly readError?: ((error: Error) => HttpAnswer | undefined) | undefined;
}
