import { LlmError, type LlmErrorKind, type RequestContext, toLlmError } from '../../contract/index.js';
import { CarriedFailure, type HttpAnswer } from './carried-failure.js';
import { readErrorBody } from './error-body.js';
import type { FailureDialect } from './failure-dialect.js';
import { ruleFor } from './failure-rule.js';
import { networkFailure } from './network-failure.js';
import { retryAfterOf, type WallClock } from './retry-after.js';

const TRANSIENT: readonly LlmErrorKind[] = ['rate_limit', 'timeout', 'unavailable'];

/** What a failure is told by. */
export interface FailureFacts {
  readonly context: RequestContext;
  readonly dialect: FailureDialect;
  /** Never told, wherever a service echoes it. */
  readonly apiKey?: string | undefined;
  /** @default Date.now */
  readonly wallClock?: WallClock | undefined;
}

/** The `LlmError` of whatever an SDK threw; nothing of its message is kept, since that may hold a key or a prompt. */
export function explainFailure(error: unknown, facts: FailureFacts): LlmError {
  const { context, dialect } = facts;
  const chain = causesOf(error);
  for (const cause of chain) {
    if (LlmError.isInstance(cause)) return cause;
    const answer = answerOf(cause, dialect);
    if (answer) return answerFailure(answer, facts);
  }
  if (chain.some((cause) => cause instanceof SyntaxError)) return malformed(context);
  const failure = networkFailure(chain, context);
  if (failure) return failure;
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const detail = `the SDK threw a ${name}, which is not expected; report it to this package`;
  return toLlmError('unavailable', { ...context, detail, code: 'UNEXPECTED' });
}

/** What an answer other than success means, and an error within a stream. */
export function answerFailure({ status, headers, body }: HttpAnswer, facts: FailureFacts): LlmError {
  const { context, dialect, apiKey = '', wallClock } = facts;
  const read = (dialect.readBody ?? readErrorBody)(body);
  const { kind, detail, retriable } = read.rule ?? ruleFor({ status, code: read.code }, dialect.rules);
  const echoed = apiKey !== '' && read.code?.includes(apiKey);
  return toLlmError(kind, {
    ...context,
    detail,
    status,
    code: echoed ? undefined : read.code,
    retriable: retriable ?? TRANSIENT.includes(kind),
    retryAfterMs: read.retryAfterMs ?? (headers && retryAfterOf(headers, wallClock)),
  });
}

/** An answer that is not what the service's documents promise. */
export function malformed(context: RequestContext): LlmError {
  const detail = 'the answer is not what the service promises: no JSON, or without its parts';
  return toLlmError('invalid_output', { ...context, detail, code: 'MALFORMED', retriable: true });
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
