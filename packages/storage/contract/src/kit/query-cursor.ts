import { createHash } from 'node:crypto';
import { type CursorPosition, decodeCursor } from '../records/cursor.js';
import { invalidQuery } from './refusals.js';

/** A short digest of all that decides which records a query finds, and in which order; the first part of its cursors. */
export function fingerprintOf(...parts: readonly unknown[]): string {
  const text = JSON.stringify(parts, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

/** The position in a cursor behind its fingerprint; throws a query fault unless it belongs to this query. */
export function openCursor<const T extends readonly ('string' | 'number')[]>(
  cursor: string,
  fingerprint: string,
  types: T,
): CursorPosition<T> {
  const [issuedFor, ...position] = decodeCursor(cursor, ['string', ...types]) as unknown[];
  if (issuedFor !== fingerprint) throw invalidQuery('the cursor belongs to another query');
  return position as CursorPosition<T>;
}
