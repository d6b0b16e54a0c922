import type { LlmError, LlmErrorKind } from '../contract/index.js';
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

/** The rule for an error. */
export function ruleOf({ kind, retriable }: Pick<LlmError, 'kind' | 'retriable'>): Rule {
  // A truncated answer is retriable only where the connection or the service broke off, not at its token limit.
  return kind === 'truncated' && retriable ? RULES.unavailable : RULES[kind];
}

/** Whether another provider may be asked after this error; a spend cap holds for all of them. */
export function mayFallBack(error: Pick<LlmError, 'kind' | 'retriable' | 'code'>): boolean {
  return ruleOf(error).elsewhere && error.code !== SPEND_CAP_CODE;
}
