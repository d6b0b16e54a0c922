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
/** Characters of a message that are matched. */
const LONGEST_MESSAGE = 2_000;

/** Reads the code of the usual body, `{ "error": { "code", "type" } }` or the same without `error`. */
export function readErrorBody(body: unknown): ErrorFacts {
  const error = fieldOf(body, 'error') ?? body;
  const [code, type] = [codeOf(fieldOf(error, 'code')), codeOf(fieldOf(error, 'type'))];
  // Some servers repeat the status where others have the code.
  const known = code !== undefined && /^[45]\d\d$/.test(code) ? (type ?? code) : (code ?? type);
  return known === undefined ? {} : { code: known };
}

/** The words of an error, wherever they stand; they may hold a prompt, and are for matching alone. */
export function messageIn(body: unknown): string | undefined {
  const [first]: unknown[] = Array.isArray(body) ? body : [body];
  const error = fieldOf(first, 'error') ?? first;
  const places = [error, ...['message', 'detail'].map((name) => fieldOf(error, name))];
  return places.find((place): place is string => typeof place === 'string')?.slice(0, LONGEST_MESSAGE);
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
