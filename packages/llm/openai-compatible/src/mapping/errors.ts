import { type FailureDialect, rulesByCode } from '@drydock/llm/provider-kit';

/** The errors of OpenAI, https://platform.openai.com/docs/guides/error-codes, and of servers that took its API over. */
export const OPENAI_COMPATIBLE_FAILURES: FailureDialect = {
  rules: rulesByCode({
    insufficient_quota: { kind: 'quota', detail: 'the quota of the account is used up; check its billing' },
    billing_hard_limit_reached: {
      kind: 'quota',
      detail: 'the spend limit of the account is reached; raise it in the console',
    },
    billing_not_active: { kind: 'quota', detail: 'the account is not active; check its billing' },
    unsupported_country_region_territory: {
      kind: 'auth',
      detail: 'the service is not offered where this request comes from',
    },
  }),
};
