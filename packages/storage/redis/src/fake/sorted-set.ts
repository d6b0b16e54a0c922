import type { Keyspace } from './keyspace.js';

/** A command for a sorted set met a key of another type. */
export class WrongType extends Error {
  constructor() {
    super('WRONGTYPE Operation against a key holding the wrong kind of value');
  }
}

/** The sorted set at a key, or undefined when there is none. */
export function sortedSet(keys: Keyspace, key: string): Map<string, number> | undefined {
  const value = keys.get(key);
  if (typeof value === 'string') throw new WrongType();
  return value;
}

/** A score as the server reads it. */
export function parseScore(text: string): number | undefined {
  const infinity = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinity) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const score = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(score) ? undefined : score;
}

/** A score as the server writes it: 17 significant digits, integers without a point. */
export function formatScore(score: number): string {
  if (!Number.isFinite(score)) return score > 0 ? 'inf' : '-inf';
  if (Number.isInteger(score) && Math.abs(score) < 1e17) return String(score);
  return formatG17(score);
}

/** C's `%.17g`. */
function formatG17(value: number): string {
  const [mantissa = '', exponentText = '0'] = value.toExponential(16).split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 17) return trimZeros(value.toFixed(Math.max(0, 16 - exponent)));
  const sign = exponent < 0 ? '-' : '+';
  return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
