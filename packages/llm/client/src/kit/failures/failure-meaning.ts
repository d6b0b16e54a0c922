import type { LlmErrorKind, LlmErrorScope } from '../../contract/index.js';

/** What a status, a code or both mean. */
export interface FailureRule {
  /** HTTP status that the rule is for. @default any */
  readonly status?: number | undefined;
  /** The service's own code that the rule is for. @default any */
  readonly code?: string | undefined;
  readonly kind: LlmErrorKind;
  /** What happened and what to do, in words of our own. */
  readonly detail: string;
  /** Whether the same call may succeed a moment later. @default what its kind says */
  readonly retriable?: boolean | undefined;
  /** What the failure is about. @default the request */
  readonly scope?: LlmErrorScope | undefined;
}

/** What is known of a refusal. */
export interface RefusalFacts {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  /** The service's own words, which are matched and never shown. */
  readonly message?: string | undefined;
}
