import { isDeepStrictEqual } from 'node:util';
import { isEqual, isSubset } from './equal.js';

/** What may be said of a value; each tells whether it is so. */
export const MATCHERS = {
  toBe: (actual: unknown, expected: unknown) => Object.is(actual, expected),
  toBeNull: (actual: unknown) => actual === null,
  toBeUndefined: (actual: unknown) => actual === undefined,
  toBeTypeOf: (actual: unknown, type: string) => typeof actual === type,
  toBeGreaterThan: (actual: unknown, least: number) => numberOf(actual) > least,
  toBeGreaterThanOrEqual: (actual: unknown, least: number) => numberOf(actual) >= least,
  toBeLessThan: (actual: unknown, most: number) => numberOf(actual) < most,
  toEqual: (actual: unknown, expected: unknown) => isEqual(actual, expected),
  toStrictEqual: (actual: unknown, expected: unknown) => isDeepStrictEqual(actual, expected),
  toMatchObject: (actual: unknown, expected: object) => isSubset(actual, expected),
  toMatch: (actual: unknown, pattern: RegExp) => typeof actual === 'string' && pattern.test(actual),
  toContain: (actual: unknown, part: unknown) => holds(actual, part),
  toHaveLength: (actual: unknown, length: number) => lengthOf(actual) === length,
  toHaveProperty: (actual: unknown, name: string, ...value: unknown[]) =>
    isObject(actual) && name in actual && value.every((one) => isEqual(Reflect.get(actual, name), one)),
  /** Of what was thrown: its class, or a part of its message. */
  toThrow: (actual: unknown, expected: string | (new (...args: never[]) => Error)) =>
    typeof expected === 'string'
      ? actual instanceof Error && actual.message.includes(expected)
      : actual instanceof expected,
};

// A claim about the size of what has none holds in neither direction.
function numberOf(actual: unknown): number {
  if (typeof actual === 'number') return actual;
  throw new TypeError(`${typeof actual} is not a number`);
}

function lengthOf(actual: unknown): number {
  if (typeof actual === 'string' || Array.isArray(actual)) return actual.length;
  throw new TypeError(`${typeof actual} has no length`);
}

function holds(actual: unknown, part: unknown): boolean {
  if (typeof actual === 'string') return typeof part === 'string' && actual.includes(part);
  return Array.isArray(actual) && actual.includes(part);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
