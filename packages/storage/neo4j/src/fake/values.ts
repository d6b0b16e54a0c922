import { StatementError } from './known.js';
import type { PackValue } from './packstream.js';

/** Equality as in Cypher: an integer may equal a float; values of different kinds are never equal. */
export function isEqual(left: PackValue, right: PackValue): boolean {
  if (isNumber(left) && isNumber(right)) return !(left < right || left > right);
  return left === right;
}

/**
 * Compares two values as Cypher's `<` does; NaN, of which every comparison is false, for values of different kinds.
 *
 * Texts are compared by UTF-16 unit, as the server does in memory, although it sorts them by code point.
 */
export function compare(left: PackValue, right: PackValue): number {
  const alike = typeof left === typeof right && typeof left === 'string';
  if (alike || (isNumber(left) && isNumber(right))) {
    return (left as string) < (right as string) ? -1 : Number((left as string) > (right as string));
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return Number.NaN;
}

/** Compares texts by code point, as the server sorts them and its indexes hold them: by their bytes in UTF-8. */
export function compareText(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Throws the server's error for a value that no property can hold: a map, a list in a list, a list of several kinds. */
export function checkStorable(properties: { readonly [name: string]: PackValue }): void {
  if (Object.values(properties).every((value) => isScalar(value) || isUniform(value))) return;
  throw new StatementError({
    code: 'Neo.ClientError.Statement.TypeError',
    message: 'Property values can only be of primitive types or arrays thereof.',
  });
}

/** Most bytes of a text in an index. */
const MAX_INDEXED_BYTES = 8_164;

/** Throws the server's error for a text that is too large for the index of its property. */
export function checkIndexed(
  properties: { readonly [name: string]: PackValue },
  indexed: ReadonlySet<string> = new Set(),
): void {
  const large = (value: PackValue | undefined) =>
    typeof value === 'string' && Buffer.byteLength(value) > MAX_INDEXED_BYTES;
  if (![...indexed].some((name) => large(properties[name]))) return;
  throw new StatementError({
    code: 'Neo.DatabaseError.Statement.ExecutionFailed',
    message: 'Property value is too large to index, please see index documentation for limitations.',
  });
}

function isUniform(value: PackValue): boolean {
  if (!Array.isArray(value)) return false;
  const kinds = new Set(value.map((part) => (isNumber(part) ? 'number' : typeof part)));
  return kinds.size <= 1 && value.every((part) => part !== null && isScalar(part));
}

function isScalar(value: PackValue): boolean {
  return typeof value !== 'object' || value === null;
}

function isNumber(value: PackValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
