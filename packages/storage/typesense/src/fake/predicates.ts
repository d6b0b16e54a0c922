import { Refusal } from './answer.js';
import type { Document, Field } from './schema.js';
import { wordsOf } from './words.js';

/** Whether a document matches a filter. */
export type Predicate = (document: Document) => boolean;

/** The fields of a collection, by name. */
export type Fields = ReadonlyMap<string, Field>;

/** Compiles one condition of a filter, such as `year:>2000`; throws the server's error for a wrong one. */
export function condition(fields: Fields, text: string): Predicate {
  const colon = text.indexOf(':');
  if (colon < 1) throw new Refusal(400, 'Could not parse the filter query.');
  const name = text.slice(0, colon).trim();
  const rest = text.slice(colon + 1).trim();
  if (name === 'id') return idCondition(rest);
  const field = fields.get(name);
  if (!field) throw new Refusal(404, `Could not find a filter field named \`${name}\` in the schema.`);
  if (rest === '') throw badField(name, 'Filter value cannot be empty.');
  const kind = field.type.replace('[]', '');
  if (kind === 'string') return textCondition(name, rest);
  if (kind === 'bool') return flagCondition(name, rest);
  return numberCondition(name, kind, rest);
}

function idCondition(rest: string): Predicate {
  if (rest.startsWith('!=')) {
    throw new Refusal(400, 'Not equals filtering is not supported on the `id` field.');
  }
  const ids = new Set(valuesOf(rest.replace(/^=/, '')));
  return ({ id }) => ids.has(String(id));
}

function textCondition(name: string, rest: string): Predicate {
  const [, operator = ''] = /^(!=|=|-)?/.exec(rest) ?? [];
  const wanted = valuesOf(rest.slice(operator.length)).map(wordsOf);
  const exact = operator !== '';
  const matches = (value: unknown) => {
    const words = wordsOf(String(value));
    return wanted.some((list) => {
      if (list.length === 0) return false;
      return exact ? words.join(' ') === list.join(' ') : list.every((word) => words.includes(word));
    });
  };
  const found: Predicate = (document) => valuesIn(document[name]).some(matches);
  return operator === '!=' || operator === '-' ? (document) => !found(document) : found;
}

function flagCondition(name: string, rest: string): Predicate {
  const [, operator = ''] = /^(!=|=)?/.exec(rest) ?? [];
  const wanted = valuesOf(rest.slice(operator.length));
  if (wanted.some((value) => value !== 'true' && value !== 'false')) {
    throw new Refusal(400, `Value of filter field \`${name}\` must be \`true\` or \`false\`.`);
  }
  const found: Predicate = (document) =>
    valuesIn(document[name]).some((value) => wanted.includes(String(value)));
  return operator === '!=' ? (document) => !found(document) : found;
}

const COMPARISONS: Readonly<Record<string, (a: bigint | number, b: bigint | number) => boolean>> = {
  '': (a, b) => a === b,
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

function numberCondition(name: string, kind: string, rest: string): Predicate {
  const [, operator = ''] = /^(>=|<=|>|<|=)?/.exec(rest) ?? [];
  const parts = valuesOf(rest.slice(operator.length)).map((text) =>
    text.split('..').map((bound) => numeral(name, kind, bound.trim())),
  );
  const matches = (value: bigint | number) =>
    parts.some(([low = 0, high]) =>
      high === undefined ? COMPARISONS[operator]?.(value, low) : value >= low && value <= high,
    );
  return (document) => valuesIn(document[name]).some((value) => matches(indexed(kind, value as number)));
}

/** The index holds 32 bits of an int32, even where the document holds more. */
function indexed(kind: string, value: bigint | number): bigint | number {
  if (kind === 'float') return Number(value);
  return kind === 'int32' ? BigInt.asIntN(32, BigInt(value)) : BigInt(value);
}

function numeral(name: string, kind: string, text: string): bigint | number {
  const whole = /^-?\d+$/.test(text);
  if (/^[^\d-]/.test(text)) throw badField(name, 'Numerical field has an invalid comparator.');
  if (kind === 'float') {
    const value = Number(text);
    if (Number.isNaN(value)) throw badField(name, 'Not a float.');
    return value;
  }
  const limit = kind === 'int32' ? 2n ** 31n : 2n ** 63n;
  if (!whole || BigInt(text) >= limit || BigInt(text) < -limit) throw badField(name, `Not an ${kind}.`);
  return BigInt(text);
}

/** The value, or the values between brackets; a backtick after a backslash belongs to the value, as the backslash does. */
function valuesOf(text: string): string[] {
  const inner = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1] ?? text;
  const values: string[] = [];
  let value = '';
  let quoted = false;
  let before = '';
  for (const char of inner) {
    const escaped = char === '`' && before === '\\';
    before = char;
    if (char === '`' && !escaped) quoted = !quoted;
    else if (char === ',' && !quoted) {
      values.push(value.trim());
      value = '';
    } else value += char;
  }
  return [...values, value.trim()];
}

function valuesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function badField(name: string, what: string): Refusal {
  return new Refusal(400, `Error with filter field \`${name}\`: ${what}`);
}
