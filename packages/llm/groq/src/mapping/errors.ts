import { type FailureDialect, rulesByCode } from '@drydock/llm/provider-kit';

/** The service's errors: https://console.groq.com/docs/errors; codes as its own messages show them. */
export const GROQ_FAILURES: FailureDialect = {
  rules: [
    {
      status: 413,
      code: 'rate_limit_exceeded',
      kind: 'bad_request',
      detail: 'the request alone has more tokens than a minute allows; shorten it',
      scope: 'provider',
    },
    ...rulesByCode({
      json_validate_failed: {
        kind: 'invalid_output',
        detail: 'the model wrote JSON that does not fit the schema',
        retriable: true,
      },
      tool_use_failed: {
        kind: 'invalid_output',
        detail: 'the model asked for a tool in a way that cannot be read',
        retriable: true,
      },
      model_terms_required: {
        kind: 'auth',
        detail: "the model's terms have to be accepted first; accept them in the console",
      },
      blocked_api_access: {
        kind: 'quota',
        detail: 'the spend limit of the account is reached; raise it in the console',
      },
      organization_restricted: { kind: 'auth', detail: 'the organization is restricted; ask the support' },
      insufficient_quota: { kind: 'quota', detail: 'the quota of the account is used up; check its billing' },
      rate_limit_exceeded: { kind: 'rate_limit', detail: 'too many requests or tokens in too short a time' },
    }),
    { status: 498, kind: 'unavailable', detail: 'the flex tier has no capacity left at the moment' },
    { status: 424, kind: 'unavailable', detail: 'a server that the request depends on failed' },
  ],
};
