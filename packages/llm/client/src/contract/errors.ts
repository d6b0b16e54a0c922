import type { LlmErrorKind } from './error-kind.js';
import { LlmError, type LlmErrorFacts } from './llm-error.js';

/** The key is missing, wrong, or not allowed to do this. */
export class LlmAuthError extends LlmError {
  override readonly name = 'LlmAuthError';
  readonly kind = 'auth';
}

/** Too many requests or tokens in too short a time. */
export class LlmRateLimitError extends LlmError {
  override readonly name = 'LlmRateLimitError';
  readonly kind = 'rate_limit';
}

/** What the account, or a spend cap, allows is used up. */
export class LlmQuotaError extends LlmError {
  override readonly name = 'LlmQuotaError';
  readonly kind = 'quota';
}

/** No complete answer in time. */
export class LlmTimeoutError extends LlmError {
  override readonly name = 'LlmTimeoutError';
  readonly kind = 'timeout';
}

/** The caller's signal ended the call. */
export class LlmAbortedError extends LlmError {
  override readonly name = 'LlmAbortedError';
  readonly kind = 'aborted';
}

/** The provider refuses the request itself. */
export class LlmBadRequestError extends LlmError {
  override readonly name = 'LlmBadRequestError';
  readonly kind = 'bad_request';
}

/** The provider withheld the answer, or refused the prompt, for its content. */
export class LlmContentFilteredError extends LlmError {
  override readonly name = 'LlmContentFilteredError';
  readonly kind = 'content_filtered';
}

/** The provider cannot be reached, or fails through its own fault. */
export class LlmUnavailableError extends LlmError {
  override readonly name = 'LlmUnavailableError';
  readonly kind = 'unavailable';
}

/** The answer cannot be used: it is malformed, or does not fit the schema. */
export class LlmInvalidOutputError extends LlmError {
  override readonly name = 'LlmInvalidOutputError';
  readonly kind = 'invalid_output';
}

/** The answer broke off before its end. */
export class LlmTruncatedError extends LlmError {
  override readonly name = 'LlmTruncatedError';
  readonly kind = 'truncated';
}

const CLASSES = {
  auth: LlmAuthError,
  rate_limit: LlmRateLimitError,
  quota: LlmQuotaError,
  timeout: LlmTimeoutError,
  aborted: LlmAbortedError,
  bad_request: LlmBadRequestError,
  content_filtered: LlmContentFilteredError,
  unavailable: LlmUnavailableError,
  invalid_output: LlmInvalidOutputError,
  truncated: LlmTruncatedError,
} as const satisfies Record<LlmErrorKind, unknown>;

/** The error of a kind. */
export function toLlmError(kind: LlmErrorKind, facts: LlmErrorFacts): LlmError {
  return new CLASSES[kind](facts);
}

/** Kept out of reach of whoever prints an error, since a reason may hold anything. */
const REASONS = new WeakMap<LlmError, unknown>();

/** The error of a call that the caller's signal ended; `abortReasonOf` gives its reason. */
export function toAbortedError(facts: LlmErrorFacts, reason: unknown): LlmError {
  const error = new LlmAbortedError(facts);
  REASONS.set(error, reason);
  return error;
}

/** The reason of the signal that ended a call; undefined for any other error. */
export function abortReasonOf(error: unknown): unknown {
  return REASONS.get(error as LlmError);
}
