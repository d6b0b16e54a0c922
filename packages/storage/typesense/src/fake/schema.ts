import { Refusal } from './answer.js';

/** A document as it was stored. */
export type Document = Record<string, unknown>;

/** A field of a collection, as the server describes it. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly facet: boolean;
  readonly index: boolean;
  readonly infix: boolean;
  readonly locale: string;
  readonly optional: boolean;
  readonly sort: boolean;
  readonly num_dim?: number;
}

const SCALARS = ['string', 'int32', 'int64', 'float', 'bool', 'geopoint', 'object', 'auto', 'string*'];
const TYPES = [...SCALARS, ...SCALARS.map((type) => `${type}[]`)];

/** The server's words for the values that each type accepts. */
const CHECKS: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  string: ['a string', (value) => typeof value === 'string'],
  int32: ['an int32', isInteger],
  int64: ['an int64', isInteger],
  float: ['a float', (value) => typeof value === 'number' || typeof value === 'bigint'],
  bool: ['a bool', (value) => typeof value === 'boolean'],
};

/** The field that a request describes. */
export function describeField(given: Readonly<Record<string, unknown>>): Field {
  const { name, type, facet = false, index = true, infix = false, locale = '', optional = false } = given;
  if (typeof name !== 'string' || typeof type !== 'string') {
    throw new Refusal(
      400,
      'Wrong format for `fields`. It should be an array of objects containing `name`, `type`, `optional` and `facet` properties.',
    );
  }
  if (!TYPES.includes(type)) {
    throw new Refusal(
      400,
      `Field \`${name}\` has an invalid data type \`${type}\`, see docs for supported data types.`,
    );
  }
  const sort = given.sort ?? /^(int32|int64|float|bool)$/.test(type);
  const described = { facet, index, infix, locale, name, optional, sort, type };
  return { ...described, ...(given.num_dim !== undefined && { num_dim: given.num_dim }) } as Field;
}

/** The server's message about a document that does not fit the schema; undefined where it fits. */
export function flawOf(fields: Iterable<Field>, document: Document): string | undefined {
  for (const field of fields) {
    const value = document[field.name];
    if (value === undefined || (value === null && field.optional)) {
      if (field.optional) continue;
      return `Field \`${field.name}\` has been declared in the schema, but is not found in the document.`;
    }
    const flaw = valueFlaw(field, value);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function valueFlaw({ name, type, num_dim }: Field, value: unknown): string | undefined {
  const [scalar = '', array] = type.split('[');
  const [noun, fits] = CHECKS[scalar] ?? ['', () => true];
  if (array === undefined) return fits(value) ? undefined : `Field \`${name}\` must be ${noun}.`;
  if (!Array.isArray(value) || !value.every(fits)) {
    const article = scalar === 'string' ? 'an' : 'a';
    return `Field \`${name}\` must be ${Array.isArray(value) ? `${article} array of ${scalar}` : 'an array'}.`;
  }
  if (num_dim !== undefined && value.length !== num_dim)
    return `Field \`${name}\` must have ${num_dim} dimensions.`;
  return undefined;
}

function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}
