import { valuesAt } from './payload.js';
import { parseId, type StoredPoint } from './point.js';
import { badForm, invalid } from './refusal.js';

const CLAUSES: readonly string[] = ['should', 'min_should', 'must', 'must_not'];
const EXPECTED = 'expected one of `should`, `min_should`, `must`, `must_not`';
const NO_VARIANT = 'data did not match any variant of untagged enum Condition';

type Json = Record<string, unknown>;
type Test = (point: Pick<StoredPoint, 'id' | 'payload'>) => boolean;

const FIELD_TESTS: Readonly<Record<string, (key: string, operand: Json) => Test>> = {
  match: (key, operand) => {
    const fits = matcher(operand);
    return ({ payload }) => valuesAt(payload, key).some(fits);
  },
  range: (key, operand) => {
    const fits = within(operand);
    return ({ payload }) => valuesAt(payload, key).some(fits);
  },
  values_count: (key, operand) => {
    const fits = within(operand);
    return ({ payload }) => valuesAt(payload, key, true).some((value) => fits(count(value)));
  },
};

/** Compiles a filter; the server's messages name its `path` in the body. */
export function compile(filter: unknown, path = 'internal.filter'): Test {
  if (filter === undefined || filter === null) return () => true;
  const strange = Object.keys(filter).find((name) => !CLAUSES.includes(name));
  // Inside a condition the server says only that no variant fits.
  if (strange !== undefined && path.endsWith('.filter'))
    throw badForm(`unknown field \`${strange}\`, ${EXPECTED}`);
  if (strange !== undefined) throw badForm(NO_VARIANT);
  const { must, should, must_not, min_should } = filter as Json;
  const all = list(must, `${path}.must`);
  const any = list(should, `${path}.should`);
  const none = list(must_not, `${path}.must_not`);
  const { conditions, min_count = 0 } = (min_should ?? {}) as { conditions?: unknown; min_count?: number };
  const some = list(conditions, `${path}.min_should`);
  return (point) =>
    all.every((test) => test(point)) &&
    (any.length === 0 || any.some((test) => test(point))) &&
    !none.some((test) => test(point)) &&
    some.filter((test) => test(point)).length >= min_count;
}

function list(conditions: unknown, path: string): Test[] {
  if (conditions === undefined || conditions === null) return [];
  const all = Array.isArray(conditions) ? conditions : [conditions];
  return all.map((condition, index) => one(condition, `${path}[${index}]`));
}

function one(condition: Json, path: string): Test {
  const { has_id, is_null, is_empty, nested, key } = condition;
  if (Array.isArray(has_id)) {
    const ids = new Set(has_id.map((id) => parseId(id)));
    return ({ id }) => ids.has(id);
  }
  if (is_null) return ({ payload }) => valuesAt(payload, keyOf(is_null)).includes(null);
  if (is_empty) return ({ payload }) => valuesAt(payload, keyOf(is_empty)).every((value) => value === null);
  if (nested) {
    const { key: parent, filter } = nested as { key: string; filter: unknown };
    const inner = compile(filter, `${path}.nested.filter`);
    return ({ id, payload }) =>
      valuesAt(payload, parent).some((value) => inner({ id, payload: value as Json }));
  }
  if (typeof key === 'string') return field(key, condition, path);
  return compile(condition, path);
}

function field(key: string, condition: Json, path: string): Test {
  const tests = Object.entries(FIELD_TESTS).flatMap(([name, make]) =>
    condition[name] ? [make(key, condition[name] as Json)] : [],
  );
  if (tests.length === 0) {
    const message = 'Validation error: At least one field condition must be specified [{}]';
    throw invalid('JSON body', `${path}.__all__: ${message}`);
  }
  return (point) => tests.every((test) => test(point));
}

function matcher(operand: Json): (value: unknown) => boolean {
  const { value: wanted, any, except, text } = operand;
  if (Array.isArray(any)) return (value) => any.includes(value);
  if (Array.isArray(except)) return (value) => value !== null && !except.includes(value);
  if (typeof text === 'string') {
    const words = wordsOf(text);
    return (value) => typeof value === 'string' && words.every((word) => wordsOf(value).includes(word));
  }
  if (wanted === undefined || (typeof wanted === 'object' && wanted !== null)) throw badForm(NO_VARIANT);
  return (value) => value === wanted;
}

/** A number is compared with numbers; a bound that is a string is a time, and the value must be one too. */
function within(operand: Json): (value: unknown) => boolean {
  const bounds = Object.entries(operand).filter(([, bound]) => bound !== null);
  return (value) =>
    bounds.every(([name, bound]) => {
      if (typeof value !== typeof bound) return false;
      const [left, right] =
        typeof bound === 'string' ? [Date.parse(value as string), Date.parse(bound)] : [value, bound];
      return compare(name, left as number, right as number);
    });
}

function compare(name: string, left: number, right: number): boolean {
  if (name === 'gt') return left > right;
  if (name === 'gte') return left >= right;
  return name === 'lt' ? left < right : left <= right;
}

function count(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return value === null ? 0 : 1;
}

function keyOf(condition: unknown): string {
  return (condition as { key: string }).key;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
