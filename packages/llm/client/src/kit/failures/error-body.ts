import type { FailureRule } from './failure-rule.js';

/** What is read from the body of an error. */
export interface ErrorFacts {
  /** The service's own code. */
  readonly code?: string | undefined;
  /** Pause that the service asks for, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What the body means, where its code is not enough. */
  readonly rule?: FailureRule | undefined;
}

/** Form of a code: a short word or a number, since anything longer may be a piece of the request. */
const CODE = /^(?:[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*|\d+)$/;
const LONGEST_CODE = 48;

/** Reads the code of the usual body, `{ "error": { "code", "type" } }` or the same without `error`. */
export function readErrorBody(body: unknown): ErrorFacts {
  const error = fieldOf(body, 'error') ?? body;
  const code = codeOf(fieldOf(error, 'code')) ?? codeOf(fieldOf(error, 'type'));
  return code === undefined ? {} : { code };
}

/** The value if it has the form of a code. */
export function codeOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.length <= LONGEST_CODE && CODE.test(text) ? text : undefined;
}

/** A member of a value of any type; undefined where the value has no members. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
