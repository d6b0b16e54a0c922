import { LlmError, type LlmErrorKind, type RequestContext, toLlmError } from '../../contract/index.js';
import { rateLimitsOf } from '../rate-limits.js';
import { CarriedFailure, type HttpAnswer } from './carried-failure.js';
import { messageIn, readErrorBody, statusIn } from './error-body.js';
import type { FailureOptions } from './failure-dialect.js';
import { ruleFor } from './failure-rule.js';
import { networkFailure } from './network-failure.js';
import { retryAfterOf } from './retry-after.js';

const TRANSIENT: readonly LlmErrorKind[] = ['rate_limit', 'timeout', 'unavailable'];

/** The `LlmError` for an error that an SDK threw, without its message, which may hold a key or a prompt. */
export function explainFailure(error: unknown, context: RequestContext, options: FailureOptions): LlmError {
  const chain = causesOf(error);
  for (const cause of chain) {
    if (LlmError.isInstance(cause)) return cause;
    const answer = answerOf(cause);
    if (answer) return answerFailure(answer, context, options);
  }
  if (chain.some((cause) => cause instanceof SyntaxError)) return malformed(context);
  const failure = networkFailure(chain, context);
  if (failure) return failure;
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const detail = `the SDK threw an unexpected ${name}; report it to this package`;
  return toLlmError('unavailable', { ...context, detail, code: 'UNEXPECTED' });
}

/** The error of an answer other than success, or of one that an error ended. */
function answerFailure(
  { status: given, headers, body }: HttpAnswer,
  context: RequestContext,
  { failures, apiKey = '', wallClock }: FailureOptions,
): LlmError {
  const status = given ?? statusIn(body);
  const facts = (failures.readBody ?? readErrorBody)(body);
  const { code } = facts;
  const { kind, detail, retriable, scope } =
    facts.rule ?? ruleFor({ status, code, message: messageIn(body) }, failures.rules);
  const echoed = apiKey !== '' && code?.includes(apiKey);
  return toLlmError(kind, {
    ...context,
    detail,
    status,
    code: echoed ? undefined : code,
    scope,
    retriable: retriable ?? TRANSIENT.includes(kind),
    rateLimits: rateLimitsOf(headers, wallClock),
    retryAfterMs: facts.retryAfterMs ?? (headers && retryAfterOf(headers, wallClock)),
  });
}

/** The error of an answer that has not the form which the service's document shows. */
export function malformed(context: RequestContext): LlmError {
  const detail =
    'the answer is not JSON, or lacks parts that the service documents; check `baseURL`, or try again';
  return toLlmError('invalid_output', { ...context, detail, code: 'MALFORMED', retriable: true });
}

/** The error and its causes, those that a `CarriedFailure` carries included; a chain may lead back to its start. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let cause = error; cause instanceof Error && !chain.includes(cause); cause = nextOf(cause))
    chain.push(cause);
  return chain;
}

function nextOf(error: Error): unknown {
  const carried = CarriedFailure.within(error);
  return carried && 'error' in carried ? carried.error : error.cause;
}

function answerOf(error: Error): HttpAnswer | undefined {
  const carried = CarriedFailure.within(error);
  return carried && 'answer' in carried ? carried.answer : undefined;
}
