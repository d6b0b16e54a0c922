import { isDeepStrictEqual } from 'node:util';

/** Something that is equal to more than one value. */
export interface AsymmetricMatcher {
  asymmetricMatch(actual: unknown): boolean;
}

/** Whether two values are alike: properties that are undefined, and classes, do not count. */
export function isEqual(actual: unknown, expected: unknown): boolean {
  return compare(actual, expected, { subset: false });
}

/** Whether a value has all that is expected of it; lists have the same length. */
export function isSubset(actual: unknown, expected: unknown): boolean {
  return compare(actual, expected, { subset: true });
}

interface Mode {
  readonly subset: boolean;
}

function compare(actual: unknown, expected: unknown, mode: Mode): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
  if (!isObject(actual) || !isObject(expected)) return Object.is(actual, expected);
  if (Array.isArray(actual) || Array.isArray(expected)) return sameLists(actual, expected, mode);
  // An error may have what an ordinary object has.
  if (tagOf(actual) !== tagOf(expected) && !(mode.subset && actual instanceof Error)) return false;
  if (actual instanceof Map && expected instanceof Map)
    return sameLists([...actual].toSorted(byKey), [...expected].toSorted(byKey), mode);
  if (tagOf(expected) !== '[object Object]') return isDeepStrictEqual(actual, expected);
  return sameProperties(actual, expected, mode);
}

function sameLists(actual: unknown, expected: unknown, mode: Mode): boolean {
  if (!Array.isArray(actual) || !Array.isArray(expected) || actual.length !== expected.length) return false;
  return expected.every((item, index) => compare(actual[index], item, mode));
}

function sameProperties(actual: object, expected: object, mode: Mode): boolean {
  const known = Object.entries(expected);
  // An error's name, and what a getter gives, need not be the object's own.
  const part = (name: string) =>
    mode.subset || Object.hasOwn(actual, name) ? Reflect.get(actual, name) : undefined;
  if (!known.every(([name, value]) => compare(part(name), value, mode))) return false;
  if (mode.subset) return known.every(([name]) => name in actual);
  return Object.entries(actual).every(
    ([name, value]) => value === undefined || Object.hasOwn(expected, name),
  );
}

function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return isObject(value) && 'asymmetricMatch' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What kind of object it is, such as `[object Map]`; instances of most classes are ordinary objects. */
function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}

function byKey([one]: [unknown, unknown], [other]: [unknown, unknown]): number {
  return String(one) < String(other) ? -1 : 1;
}
