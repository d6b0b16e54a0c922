import { checkShape, invalidQuery, type Shape } from '@drydock/storage/backend-kit';
import type { ResolvedConfig } from '../config.js';
import { documentId } from '../document-id.js';
import { exactly, isExactType, otherThan } from '../exact.js';
import { EXPIRES_AT, isFieldName } from '../fields.js';
import { exactExpression, type TypeOf } from './expression.js';

/** What a field is compared with. */
export type FilterValue = string | number | boolean;

/** Conditions on one field; all of them hold. */
export interface FieldCondition {
  /** Has one of these values. */
  readonly in?: readonly FilterValue[];
  /** Has not this value; a text field may be missing. */
  readonly not?: FilterValue;
  /** Holds these words. */
  readonly words?: string;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

/**
 * Conditions by field, all of which hold; or a list of filters, of which one holds; or an expression of Typesense's
 * own, never to be made of what users typed. Values are compared exactly, character by character, except by `words`.
 */
export type TypesenseFilter =
  | string
  | { readonly [field: string]: FilterValue | FieldCondition }
  | readonly TypesenseFilter[];

const MAX_DEPTH = 32;
const RANGES = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const CONDITION: Shape<FieldCondition> = {
  in: 'list!',
  not: 'any!',
  words: 'string!',
  gt: 'number!',
  gte: 'number!',
  lt: 'number!',
  lte: 'number!',
};

/** What a search sends: the caller's filter, and that the record has not expired. */
export function compileFilter(
  { fields }: Pick<ResolvedConfig, 'fields'>,
  filter: TypesenseFilter | undefined,
  now: number,
): string {
  const alive = `${EXPIRES_AT}:>${now}`;
  const compiled = filter === undefined ? '' : compile((name) => fields.get(name)?.type, filter, 0);
  return compiled === '' ? alive : `${alive} && (${compiled})`;
}

/** Those of these records that have not expired. */
export function idFilter(ids: readonly string[], now?: number): string {
  const listed = `id:[${ids.map((id) => quote(documentId(id))).join(',')}]`;
  return now === undefined ? listed : `${listed} && ${EXPIRES_AT}:>${now}`;
}

/** A filter for those who know no schema: any property may be a field, and a text is compared with texts. */
export function compileUntyped(filter: TypesenseFilter): string {
  return compile((name) => (isFieldName(name) ? '' : undefined), filter, 0);
}

function compile(typeOf: TypeOf, filter: TypesenseFilter, depth: number): string {
  if (depth > MAX_DEPTH) throw invalidQuery(`\`filter\` is nested deeper than ${MAX_DEPTH}`);
  if (typeof filter === 'string') {
    const expression = filter.trim();
    if (expression === '') throw invalidQuery('`filter` is an empty text; leave it out to find every record');
    return exactExpression(expression, typeOf);
  }
  if (typeof filter !== 'object' || filter === null) throw invalidQuery('`filter` must be an object');
  if (Array.isArray(filter)) {
    if (filter.length === 0) throw invalidQuery('a list of filters must not be empty');
    return group(
      filter.map((one) => compile(typeOf, one, depth + 1)),
      '||',
    );
  }
  const parts = Object.entries(filter).flatMap(([name, condition]) => compileField(typeOf, name, condition));
  return group(parts, '&&');
}

function group(parts: readonly string[], operator: '&&' | '||'): string {
  const present = parts.filter((part) => part !== '');
  return present.length > 1 ? present.map((part) => `(${part})`).join(` ${operator} `) : (present[0] ?? '');
}

function compileField(typeOf: TypeOf, name: string, condition: unknown): string[] {
  const type = typeOf(name);
  // Names are part of the expression: only those that were declared are taken.
  if (name !== 'id' && type === undefined)
    throw invalidQuery(`${JSON.stringify(name)} is not a declared field`);
  const field = { name, type: name === 'id' ? 'id' : (type ?? '') };
  if (typeof condition !== 'object' || condition === null) return [equal(field, [condition])];
  checkShape(condition, CONDITION, `${name}.`);
  if (Object.keys(condition).length === 0) throw invalidQuery(`\`${name}\` has no value to compare with`);
  const { in: values, not, words, ...ranges } = condition as FieldCondition;
  if (name === 'id' && values === undefined) throw invalidQuery('`id` takes a value, or several in `in`');
  return [
    ...(values === undefined ? [] : [equal(field, values)]),
    ...(not === undefined ? [] : [different(field, not)]),
    ...(words === undefined ? [] : [`${name}:${literal(name, String(words))}`]),
    ...Object.entries(ranges).map(
      ([key, bound]) => `${name}:${RANGES[key as keyof typeof RANGES]}${literal(name, bound)}`,
    ),
  ];
}

interface NamedField {
  readonly name: string;
  readonly type: string;
}

function equal(field: NamedField, values: unknown): string {
  const { name } = field;
  if (!Array.isArray(values) || values.length === 0)
    throw invalidQuery(`\`${name}.in\` takes a list of values`);
  const literals = values.map((value) => literal(name, value));
  const exact = values.filter((value) => isExact(field, value));
  if (exact.length === values.length) return exactly(name, values);
  if (exact.length > 0) throw invalidQuery(`\`${name}.in\` takes values of one type`);
  return `${name}:=${literals.length === 1 ? literals[0] : `[${literals.join(',')}]`}`;
}

/** The server knows no "not equal" for numbers. */
function different(field: NamedField, value: unknown): string {
  const { name } = field;
  const text = literal(name, value);
  const exact = isExact(field, value);
  if (typeof value !== 'number') return exact ? otherThan(name, [value]) : `${name}:!=${text}`;
  return exact
    ? `(${name}:<0 || ${name}:>=0) && ${otherThan(name, [value])}`
    : `(${name}:<${text} || ${name}:>${text})`;
}

/** Whether the companion tells whether the field has this value; refuses a value that no record can have there. */
function isExact({ name, type }: NamedField, value: unknown): boolean {
  const wanted = type === 'float' ? 'number' : 'string';
  if (type === '') return typeof value === 'string';
  if (!isExactType(type)) return false;
  if (typeof value === wanted) return true;
  throw invalidQuery(
    `\`${name}\` is compared with a ${wanted === 'string' ? 'text' : 'number'}, as its field holds`,
  );
}

function literal(name: string, value: unknown): string {
  if (name === 'id' && typeof value === 'string' && value !== '') return quote(documentId(value));
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value);
  throw invalidQuery(`\`${name}\` is compared with a text, a finite number, true or false`);
}

/**
 * Between backticks, without any inside: the server knows an escaped one in a value, and yet ends the value there when
 * it looks for operators. Words are compared without them anyway, and ids are encoded.
 */
function quote(text: string): string {
  return `\`${text.replaceAll('`', '').replace(/\\+$/, '')}\``;
}
