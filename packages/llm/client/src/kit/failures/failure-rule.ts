import { commonRule } from './common-rules.js';
import type { FailureRule, RefusalFacts } from './failure-meaning.js';

export type { FailureRule } from './failure-meaning.js';

/** What HTTP's statuses mean, as the services' documents agree; as RFC 9110 has it where they do not say. */
const BY_STATUS: readonly FailureRule[] = [
  { status: 400, kind: 'bad_request', detail: 'the service refuses the request as malformed' },
  { status: 401, kind: 'auth', detail: 'the key was not accepted; check it' },
  { status: 402, kind: 'quota', detail: 'the account is not paid up; check its billing' },
  { status: 403, kind: 'auth', detail: 'the key may not do this; check its permissions' },
  {
    status: 404,
    kind: 'bad_request',
    detail: 'the model or the address does not exist; check `model` and `baseURL`',
    scope: 'model',
  },
  { status: 408, kind: 'timeout', detail: 'the service waited too long for the request; try again' },
  { status: 409, kind: 'unavailable', detail: 'the service reports a conflict' },
  { status: 413, kind: 'bad_request', detail: 'the request is too large; shorten it', scope: 'provider' },
  { status: 422, kind: 'bad_request', detail: 'the service understands the request but refuses it' },
  { status: 425, kind: 'unavailable', detail: 'the service does not want the request yet' },
  { status: 429, kind: 'rate_limit', detail: 'too many requests or tokens in too short a time' },
  { status: 499, kind: 'unavailable', detail: 'the service gave the request up' },
  { status: 501, kind: 'bad_request', detail: 'the service does not offer this', scope: 'provider' },
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

/**
 * The first rule that matches: the service's own, then what refusals of all services say, then that of the status, then
 * that of the status's class.
 */
export function ruleFor(facts: RefusalFacts, own: readonly FailureRule[]): FailureRule {
  const { status, code } = facts;
  const matches = (rule: FailureRule) =>
    (rule.status === undefined || rule.status === status) && (rule.code === undefined || rule.code === code);
  return own.find(matches) ?? commonRule(facts) ?? BY_STATUS.find(matches) ?? ofClass(status);
}

/** An error without a status came within an answer that began with success, and is a fault of the service. */
function ofClass(status = 500): FailureRule {
  if (status < 400) return REDIRECT;
  return status < 500 ? OTHER_REFUSAL : OTHER_FAULT;
}
