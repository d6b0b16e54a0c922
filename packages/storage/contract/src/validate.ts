import { FaultError } from './backend.js';
import type { StorageQuery } from './record.js';

/** Longest timer that Node keeps, in milliseconds. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;

/** A fault of the caller's input, found before anything was sent. */
export function invalid(kind: 'data' | 'query', code: string, detail: string): FaultError {
  return new FaultError({ kind, retriable: false, outcome: 'not_sent', code, detail });
}

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

/** Refuses what is not a plain record. */
export function checkRecord(record: unknown): asserts record is { id?: unknown } {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw invalid('data', 'INVALID_RECORD', 'a record must be an object');
  }
}

/** Refuses a duration that is no positive number of milliseconds. */
export function checkDuration(name: 'timeoutMs' | 'ttlMs', value: number): number {
  const max = name === 'timeoutMs' ? MAX_TIMEOUT_MS : Number.MAX_SAFE_INTEGER;
  if (!(value > 0 && value <= max)) {
    throw invalid(
      'data',
      'INVALID_OPTION',
      `${name} must be a number of milliseconds above 0 and up to ${max}`,
    );
  }
  return value;
}

/** The query with its limit filled in. */
export function withLimit<Q extends StorageQuery>(query: Q): Q & { readonly limit: number } {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw invalid('query', 'INVALID_LIMIT', `limit must be an integer from 1 to ${MAX_LIMIT}`);
  }
  return { ...query, limit };
}
