import { invalid } from '../errors/fault-error.js';
import { instanceFlaw, isPlain } from './json-flaw.js';
import type { StorageQuery } from './record.js';
import { type AnyShape, shapeFlaw } from './shape.js';

/** Longest timer that Node keeps, in milliseconds. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;

/** Refuses ids that no backend can hold without loss. */
export function checkId(id: unknown): asserts id is string {
  if (typeof id !== 'string' || id === '') {
    throw invalid('data', 'INVALID_ID', 'an id must be a non-empty string');
  }
  // A lone surrogate becomes U+FFFD in UTF-8: two ids would silently be one.
  if (/\p{Surrogate}/u.test(id)) {
    throw invalid('data', 'INVALID_ID', 'an id must be well-formed Unicode, without lone surrogates');
  }
}

/** Refuses a record that is not an object. */
export function checkRecord(record: unknown): asserts record is { id?: unknown } {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw invalid('data', 'INVALID_RECORD', 'a record must be an object');
  }
  // What comes back is a plain object, without a class and what that keeps to itself.
  if (!isPlain(record)) throw invalid('data', 'INVALID_RECORD', `the record ${instanceFlaw(record)}`);
}

/** Refuses a duration that is not a positive number of milliseconds. */
export function checkDuration(name: 'timeoutMs' | 'ttlMs', value: number): number {
  const max = name === 'timeoutMs' ? MAX_TIMEOUT_MS : Number.MAX_SAFE_INTEGER;
  if (!(typeof value === 'number' && value > 0 && value <= max)) {
    throw invalid(
      'data',
      'INVALID_OPTION',
      `${name} must be a number of milliseconds above 0 and up to ${max}`,
    );
  }
  return value;
}

/** Refuses a signal that is not an `AbortSignal`: it could not end the call. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined) return;
  const { aborted, addEventListener } = (signal ?? {}) as Partial<AbortSignal>;
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return;
  throw invalid('data', 'INVALID_OPTION', 'signal must be an AbortSignal');
}

/** Refuses a batch that is not an array; a string would count as an array of its characters. */
export function checkList(list: unknown): void {
  if (!Array.isArray(list)) throw invalid('data', 'INVALID_BATCH', 'a batch must be an array');
}

/** A record's id, where it can be read: callers without types may pass anything, even an object that throws. */
export function readId(record: unknown): string | undefined {
  try {
    const { id } = record as { readonly id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The query with its limit, or the default one; refuses what a backend would ignore, which would find too much. */
export function checkQuery<Q extends StorageQuery>(
  query: Q,
  shapeOf: ((query: Q) => AnyShape) | undefined,
): Q & { readonly limit: number } {
  if (typeof query !== 'object' || query === null)
    throw invalid('query', 'INVALID_QUERY', 'a query must be an object');
  const flaw = shapeOf && shapeFlaw(query, shapeOf(query));
  if (flaw !== undefined) throw invalid('query', 'INVALID_QUERY', flaw);
  const { limit = DEFAULT_LIMIT } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw invalid('query', 'INVALID_LIMIT', `limit must be an integer from 1 to ${MAX_LIMIT}`);
  }
  return { ...query, limit };
}
