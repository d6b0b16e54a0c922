import type { FinishReason, LlmError, LlmErrorKind } from '../contract/index.js';
import { SPEND_CAP_CODE } from '../spend/spend-cap.js';

/** What a failed attempt means for the next attempt and for its provider. */
export interface Rule {
  /** Another attempt at the same provider may succeed, if the error is also marked as retriable. */
  readonly again: boolean;
  /** Another provider may succeed. */
  readonly elsewhere: boolean;
  /** The failure is the provider's fault, and its breaker counts it. */
  readonly providersFault: boolean;
  /** The provider will refuse every further call too. */
  readonly misconfigured?: boolean;
  /** The failure says nothing about the provider's health. */
  readonly inconclusive?: boolean;
}

const RULES: Readonly<Record<LlmErrorKind, Rule>> = {
  auth: { again: false, elsewhere: true, providersFault: false, misconfigured: true },
  rate_limit: { again: true, elsewhere: true, providersFault: false },
  quota: { again: false, elsewhere: true, providersFault: false },
  timeout: { again: true, elsewhere: true, providersFault: true },
  unavailable: { again: true, elsewhere: true, providersFault: true },
  // Retriable as long as it can be repaired.
  invalid_output: { again: true, elsewhere: true, providersFault: false },
  aborted: { again: false, elsewhere: false, providersFault: false, inconclusive: true },
  bad_request: { again: false, elsewhere: false, providersFault: false },
  // Another provider's filter may be laxer; whether to ask it is for the caller to decide.
  content_filtered: { again: false, elsewhere: false, providersFault: false },
  truncated: { again: false, elsewhere: false, providersFault: false },
};

/** Kinds of errors and finish reasons after which another provider may be asked. */
export type FallbackCause = LlmErrorKind | FinishReason;

/** The rule for an error. */
export function ruleOf({ kind, retriable, scope }: Pick<LlmError, 'kind' | 'retriable' | 'scope'>): Rule {
  // A truncated answer is retriable only where the connection or the service broke off, not at its token limit.
  const rule = kind === 'truncated' && retriable ? RULES.unavailable : RULES[kind];
  if (scope === undefined) return rule;
  return { ...rule, elsewhere: true, ...(scope === 'model' && { misconfigured: true }) };
}

/** Whether another provider may be asked after this error; a spend cap and a caller who gave up hold for all of them. */
export function mayFallBack(
  error: Pick<LlmError, 'kind' | 'retriable' | 'scope' | 'code'>,
  causes: readonly FallbackCause[] = [],
): boolean {
  if (error.code === SPEND_CAP_CODE || error.kind === 'aborted') return false;
  return ruleOf(error).elsewhere || causes.includes(error.kind);
}
