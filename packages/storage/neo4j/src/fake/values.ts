import { StatementError } from './known.js';
import type { PackValue } from './packstream.js';

/** As Cypher has it: numbers are equal whether integer or float, values of different kinds never are. */
export function isEqual(left: PackValue, right: PackValue): boolean {
  if (isNumber(left) && isNumber(right)) return !(left < right || left > right);
  return left === right;
}

/**
 * NaN, of which every comparison is false, for values of different kinds.
 *
 * Texts go by UTF-16, as the server compares what it holds in memory, though it sorts them by code point.
 */
export function compare(left: PackValue, right: PackValue): number {
  const alike = typeof left === typeof right && typeof left === 'string';
  if (alike || (isNumber(left) && isNumber(right))) {
    return (left as string) < (right as string) ? -1 : Number((left as string) > (right as string));
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return Number.NaN;
}

/** By code point, as the server sorts and as its indexes are: the order of the bytes in UTF-8. */
export function compareText(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Throws the server's refusal of what no property can hold: maps, lists in lists, and lists of several kinds. */
export function checkStorable(properties: { readonly [name: string]: PackValue }): void {
  if (Object.values(properties).every((value) => isScalar(value) || isUniform(value))) return;
  throw new StatementError({
    code: 'Neo.ClientError.Statement.TypeError',
    message: 'Property values can only be of primitive types or arrays thereof.',
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
