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

/** Statuses by the words that services use for them in codes and types. */
const STATUSES: readonly (readonly [words: RegExp, status: number])[] = [
  [/rate_?limit|too_?many_?requests/i, 429],
  [/authentication|invalid_?api_?key|unauthorized/i, 401],
  [/permission/i, 403],
  [/not_?found/i, 404],
  [/timeout/i, 504],
  [/overloaded|unavailable|server_?error|internal/i, 503],
  [/invalid_?request|bad_?request|context_?length/i, 400],
];

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
  const details = [error, first].flatMap((one) => fieldOf(one, 'detail'));
  const places = [error, fieldOf(error, 'message'), ...details, ...details.map((one) => fieldOf(one, 'msg'))];
  const words = places.filter((place) => typeof place === 'string');
  return words.length > 0 ? words.join('; ').slice(0, LONGEST_MESSAGE) : undefined;
}

/** The status that an error would have had as an answer of its own, where it stands in a body that came with a success. */
export function statusIn(body: unknown): number | undefined {
  const [first]: unknown[] = Array.isArray(body) ? body : [body];
  const error = fieldOf(first, 'error') ?? first;
  const places = ['code', 'status', 'status_code', 'raw_status_code'].flatMap((name) => [
    fieldOf(error, name),
    fieldOf(first, name),
  ]);
  const status = places.map(Number).find((one) => one >= 400 && one < 600);
  if (status !== undefined) return status;
  const [code, type] = ['code', 'type'].map((name) => codeOf(fieldOf(error, name)));
  return STATUSES.find(([word]) => word.test(`${code} ${type}`))?.[1];
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
