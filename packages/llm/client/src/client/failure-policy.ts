import type { LlmError, LlmErrorKind } from '../contract/index.js';
import { SPEND_CAP_CODE } from '../spend/spend-cap.js';

/** What a failed attempt means for the next one and for its provider. */
export interface Rule {
  /** The same provider may succeed a moment later, if the error says so as well. */
  readonly again: boolean;
  /** Another provider may succeed. */
  readonly elsewhere: boolean;
  /** The provider is to blame, so that its breaker counts it. */
  readonly providersFault: boolean;
  /** The provider will refuse every further call as well. */
  readonly misconfigured?: boolean;
  /** Tells nothing of the provider's health. */
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
  // Not at its limit: the connection or the service broke off.
  return kind === 'truncated' && retriable ? RULES.unavailable : RULES[kind];
}

/** Whether another provider may be asked after this error; a spend cap holds for all of them. */
export function mayFallBack(error: Pick<LlmError, 'kind' | 'retriable' | 'code'>): boolean {
  return ruleOf(error).elsewhere && error.code !== SPEND_CAP_CODE;
}
