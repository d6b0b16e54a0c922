import { type FailureDialect, type FailureRule, readErrorBody, rulesByCode } from '@drydock/llm/provider-kit';
import { readDetails } from './error-details.js';

const GONE: Omit<FailureRule, 'code'> = {
  kind: 'bad_request',
  detail: 'the model does not exist for this key; list the models',
  scope: 'model',
};
const DENIED: Omit<FailureRule, 'code'> = {
  kind: 'auth',
  detail: 'the key may not do this; check its project and its restrictions',
};
const FAILED: Omit<FailureRule, 'code'> = {
  kind: 'unavailable',
  detail: 'the service failed by its own fault',
};

/** Reasons and statuses of the service; a reason is more precise, since the status of a wrong key is INVALID_ARGUMENT. */
const RULES: Readonly<Record<string, Omit<FailureRule, 'code'>>> = {
  API_KEY_INVALID: { kind: 'auth', detail: 'the key is not valid; check it' },
  API_KEY_EXPIRED: { kind: 'auth', detail: 'the key has expired; renew it' },
  SERVICE_DISABLED: {
    kind: 'auth',
    detail: "the Generative Language API is off in the key's project; enable it",
  },
  BILLING_DISABLED: { kind: 'auth', detail: "billing is off in the key's project; enable it" },
  NOT_FOUND: GONE,
  UNAUTHENTICATED: { kind: 'auth', detail: 'the key was not accepted; check it' },
  PERMISSION_DENIED: DENIED,
  FAILED_PRECONDITION: {
    kind: 'auth',
    detail: "the service is not offered from here without billing; enable it in the key's project",
  },
  RESOURCE_EXHAUSTED: { kind: 'rate_limit', detail: 'too many requests or tokens in too short a time' },
  CANCELLED: { ...FAILED, detail: 'the service cancelled the request' },
  DEADLINE_EXCEEDED: {
    kind: 'timeout',
    detail: 'the service did not finish in its own time; shorten the prompt',
  },
  INTERNAL: FAILED,
  UNKNOWN: FAILED,
  UNAVAILABLE: { ...FAILED, detail: 'the service is overloaded or down' },
};

/** Statuses that say less than the message beside them. */
const REFUSALS = ['INVALID_ARGUMENT', 'OUT_OF_RANGE'];

const EXHAUSTED: FailureRule = {
  kind: 'quota',
  detail: 'the quota of the day or of the plan is used up; raise it or wait for the next day',
};

/** The service's errors: https://ai.google.dev/gemini-api/docs/troubleshooting and https://cloud.google.com/apis/design/errors. */
export const GEMINI_FAILURES: FailureDialect = {
  rules: rulesByCode(RULES),
  readBody(body) {
    const { status, details } = errorOf(body);
    const { reason, retryAfterMs, exhausted } = readDetails(details);
    const known = reason !== undefined && Object.hasOwn(RULES, reason) ? reason : status;
    return {
      // A gateway may say it in the words of other services.
      ...(status === undefined && readErrorBody(body)),
      ...(typeof known === 'string' &&
        (Object.hasOwn(RULES, known) || REFUSALS.includes(known)) && { code: known }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(exhausted && { rule: EXHAUSTED }),
    };
  },
};

/** The error of a body; streams and batches send it within a list. */
function errorOf(body: unknown): { status?: unknown; details?: unknown } {
  const [first]: unknown[] = Array.isArray(body) ? body : [body];
  return (first as { error?: object } | undefined | null)?.error ?? {};
}
