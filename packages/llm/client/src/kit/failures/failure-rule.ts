import type { LlmErrorKind } from '../../contract/index.js';

/** What a failure means. */
export interface FailureRule {
  /** HTTP status that it is for. @default any */
  readonly status?: number | undefined;
  /** The service's own code that it is for. @default any */
  readonly code?: string | undefined;
  readonly kind: LlmErrorKind;
  /** What happened and what to do, in words of our own. */
  readonly detail: string;
  /** Whether the same call may succeed a moment later. @default what its kind says */
  readonly retriable?: boolean | undefined;
}

/** What HTTP's own statuses mean, as the services' documents agree; RFC 9110 where they are silent. */
const BY_STATUS: readonly FailureRule[] = [
  { status: 400, kind: 'bad_request', detail: 'the service refuses the request as malformed' },
  { status: 401, kind: 'auth', detail: 'the key was not accepted; check it' },
  { status: 402, kind: 'quota', detail: 'the account is not paid up; check its billing' },
  { status: 403, kind: 'auth', detail: 'the key may not do this; check its permissions' },
  {
    status: 404,
    kind: 'bad_request',
    detail: 'there is no such model or address; check `model` and `baseURL`',
  },
  { status: 408, kind: 'timeout', detail: 'the service waited too long for the request' },
  { status: 409, kind: 'unavailable', detail: 'the service reports a conflict' },
  { status: 413, kind: 'bad_request', detail: 'the request is too large; shorten it' },
  { status: 422, kind: 'bad_request', detail: 'the service understands the request but refuses it' },
  { status: 425, kind: 'unavailable', detail: 'the service does not want the request yet' },
  { status: 429, kind: 'rate_limit', detail: 'too many requests or tokens in too short a time' },
  { status: 499, kind: 'unavailable', detail: 'the service gave the request up' },
  { status: 501, kind: 'bad_request', detail: 'the service does not offer this' },
  { status: 504, kind: 'timeout', detail: 'the service did not finish in its own time' },
];

const REDIRECT: FailureRule = {
  kind: 'unavailable',
  detail: 'the service redirects, which is not followed with a key; correct `baseURL`',
  retriable: false,
};
const OTHER_REFUSAL: FailureRule = { kind: 'bad_request', detail: 'the service refuses the request' };
const OTHER_FAULT: FailureRule = { kind: 'unavailable', detail: 'the service failed by its own fault' };

/** Rules by their codes. */
export function rulesByCode(rules: Readonly<Record<string, Omit<FailureRule, 'code'>>>): FailureRule[] {
  return Object.entries(rules).map(([code, rule]) => ({ code, ...rule }));
}

/** The first rule that fits: the service's own ones, then that of the status, then that of its class. */
export function ruleFor(
  { status, code }: { readonly status?: number | undefined; readonly code?: string | undefined },
  own: readonly FailureRule[],
): FailureRule {
  const fits = (rule: FailureRule) =>
    (rule.status === undefined || rule.status === status) && (rule.code === undefined || rule.code === code);
  return own.find(fits) ?? BY_STATUS.find(fits) ?? ofClass(status);
}

/** An error that tells no status came within an answer that had begun well. */
function ofClass(status = 500): FailureRule {
  if (status < 400) return REDIRECT;
  return status < 500 ? OTHER_REFUSAL : OTHER_FAULT;
}
