import { LlmError, type LlmErrorKind, toLlmError } from '../../contract/index.js';
import type { Where } from '../request-context.js';
import { CarriedFailure, type HttpAnswer } from './carried-failure.js';
import { readErrorBody } from './error-body.js';
import type { FailureDialect } from './failure-dialect.js';
import { ruleFor } from './failure-rule.js';
import { networkFailure } from './network-failure.js';
import { retryAfterOf, type WallClock } from './retry-after.js';

const TRANSIENT: readonly LlmErrorKind[] = ['rate_limit', 'timeout', 'unavailable'];

/** What a failure is told by. */
export interface FailureContext {
  readonly where: Where;
  readonly dialect: FailureDialect;
  /** Never told, wherever a service echoes it. */
  readonly apiKey?: string | undefined;
  /** @default Date.now */
  readonly wallClock?: WallClock | undefined;
}

/** The `LlmError` of whatever an SDK threw; nothing of its message is kept, since that may hold a key or a prompt. */
export function explainFailure(error: unknown, context: FailureContext): LlmError {
  const { where, dialect } = context;
  const chain = causesOf(error);
  for (const cause of chain) {
    if (LlmError.isInstance(cause)) return cause;
    const answer = answerOf(cause, dialect);
    if (answer) return answerFailure(answer, context);
  }
  if (chain.some((cause) => cause instanceof SyntaxError)) return malformed(where);
  const failure = networkFailure(chain, where);
  if (failure) return failure;
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const detail = `the SDK threw a ${name}, which is not expected; report it to this package`;
  return toLlmError('unavailable', { ...where, detail, code: 'UNEXPECTED' });
}

/** What an answer other than success means, and an error within a stream. */
export function answerFailure({ status, headers, body }: HttpAnswer, context: FailureContext): LlmError {
  const { where, dialect, apiKey = '', wallClock } = context;
  const facts = (dialect.readBody ?? readErrorBody)(body);
  const { kind, detail, retriable } = facts.rule ?? ruleFor({ status, code: facts.code }, dialect.rules);
  const echoed = apiKey !== '' && facts.code?.includes(apiKey);
  return toLlmError(kind, {
    ...where,
    detail,
    status,
    code: echoed ? undefined : facts.code,
    retriable: retriable ?? TRANSIENT.includes(kind),
    retryAfterMs: facts.retryAfterMs ?? (headers && retryAfterOf(headers, wallClock)),
  });
}

/** An answer that is not what the service's documents promise. */
export function malformed(where: Where): LlmError {
  const detail = 'the answer is not what the service promises: no JSON, or without its parts';
  return toLlmError('invalid_output', { ...where, detail, code: 'MALFORMED', retriable: true });
}

/** The error and its causes, also those that a failure carries; a chain may lead back to its start. */
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

function answerOf(error: Error, { readError }: FailureDialect): HttpAnswer | undefined {
  const carried = CarriedFailure.within(error);
  return carried && 'answer' in carried ? carried.answer : readError?.(error);
}
