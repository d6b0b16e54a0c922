import { checkShape, invalidQuery, type Shape } from '@drydock/storage/backend-kit';
import type { ResolvedConfig } from '../config.js';
import { documentId } from '../document-id.js';
import { EXPIRES_AT } from '../fields.js';

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
 * own, never to be made of what users typed. Texts are compared word by word, without regard to case.
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
  const compiled = filter === undefined ? '' : compile(fields, filter, 0);
  return compiled === '' ? alive : `${alive} && (${compiled})`;
}

/** Those of these records that have not expired. */
export function idFilter(ids: readonly string[], now?: number): string {
  const listed = `id:[${ids.map((id) => quote(documentId(id))).join(',')}]`;
  return now === undefined ? listed : `${listed} && ${EXPIRES_AT}:>${now}`;
}

type Fields = ResolvedConfig['fields'];

function compile(fields: Fields, filter: TypesenseFilter, depth: number): string {
  if (depth > MAX_DEPTH) throw invalidQuery(`\`filter\` is nested deeper than ${MAX_DEPTH}`);
  if (typeof filter === 'string') {
    const expression = filter.trim();
    if (expression === '') throw invalidQuery('`filter` is an empty text; leave it out to find every record');
    return expression;
  }
  if (typeof filter !== 'object' || filter === null) throw invalidQuery('`filter` must be an object');
  if (Array.isArray(filter)) {
    if (filter.length === 0) throw invalidQuery('a list of filters must not be empty');
    return group(
      filter.map((one) => compile(fields, one, depth + 1)),
      '||',
    );
  }
  const parts = Object.entries(filter).flatMap(([name, condition]) => compileField(fields, name, condition));
  return group(parts, '&&');
}

function group(parts: readonly string[], operator: '&&' | '||'): string {
  const present = parts.filter((part) => part !== '');
  return present.length > 1 ? present.map((part) => `(${part})`).join(` ${operator} `) : (present[0] ?? '');
}

function compileField(fields: Fields, name: string, condition: unknown): string[] {
  // Names are part of the expression: only those that were declared are taken.
  if (name !== 'id' && !fields.has(name))
    throw invalidQuery(`${JSON.stringify(name)} is not a declared field`);
  if (typeof condition !== 'object' || condition === null) return [equal(name, [condition])];
  checkShape(condition, CONDITION, `${name}.`);
  if (Object.keys(condition).length === 0) throw invalidQuery(`\`${name}\` has no value to compare with`);
  const { in: values, not, words, ...ranges } = condition as FieldCondition;
  if (name === 'id' && values === undefined) throw invalidQuery('`id` takes a value, or several in `in`');
  return [
    ...(values === undefined ? [] : [equal(name, values)]),
    ...(not === undefined ? [] : [different(name, not)]),
    ...(words === undefined ? [] : [`${name}:${literal(name, String(words))}`]),
    ...Object.entries(ranges).map(
      ([key, bound]) => `${name}:${RANGES[key as keyof typeof RANGES]}${literal(name, bound)}`,
    ),
  ];
}

function equal(name: string, values: unknown): string {
  if (!Array.isArray(values) || values.length === 0)
    throw invalidQuery(`\`${name}.in\` takes a list of values`);
  const literals = values.map((value) => literal(name, value));
  return `${name}:=${literals.length === 1 ? literals[0] : `[${literals.join(',')}]`}`;
}

/** The server knows no "not equal" for numbers. */
function different(name: string, value: unknown): string {
  const text = literal(name, value);
  return typeof value === 'number' ? `(${name}:<${text} || ${name}:>${text})` : `${name}:!=${text}`;
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
