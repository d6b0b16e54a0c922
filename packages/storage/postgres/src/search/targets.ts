import { invalidQuery } from '@drydock/storage/backend-kit';
import { COLUMN_TYPES, type ColumnCodec } from '../columns.js';
import type { Parameters } from './parameters.js';
import type { FieldCondition } from './query.js';

/** What a condition compares by. */
export type Operator = Exclude<keyof FieldCondition, 'field' | 'path'>;
const RANGE = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** SQL for a comparison of one field. */
export type Target = (operator: Operator, value: unknown) => string;

/** Compares a column. What another version wrote and the column cannot hold is the rest: it has no order, but it is there. */
export function columnTarget(
  field: string,
  sql: string,
  codec: ColumnCodec,
  parameters: Parameters,
  rest?: string,
): Target {
  const encode = (value: unknown) => codec.encode(value) ?? refuse(field, codec.takes);
  const add = (value: unknown) => parameters.add(encode(value), codec.sql);
  const is = (present: boolean) => {
    if (rest === undefined) return nullity(sql, present);
    return `(${nullity(sql, present)} ${present ? 'OR' : 'AND'} ${nullity(rest, present)})`;
  };
  return (operator, value) => {
    if (operator === 'exists') return is(presence(field, value));
    if (operator === 'eq') return value === null ? is(false) : `${sql} = ${add(value)}`;
    if (operator === 'ne') return value === null ? is(true) : `${sql} IS DISTINCT FROM ${add(value)}`;
    if (operator === 'in')
      return `${sql} = ANY(${parameters.add(listOf(field, value).map(encode), `${codec.sql}[]`)})`;
    if (operator === 'contains') throw invalidQuery(`${quote(field)} is not JSON and takes no \`contains\``);
    return `${sql} ${RANGE[operator]} ${add(value)}`;
  };
}

/** Compares JSON. */
export function jsonTarget(field: string, sql: string, parameters: Parameters): Target {
  const encode = (value: unknown) => jsonOf(value) ?? refuse(field, COLUMN_TYPES.jsonb.takes);
  const add = (value: unknown) => parameters.add(encode(value), 'jsonb');
  const present = `(${sql}) <> 'null'::jsonb`;
  return (operator, value) => {
    if (operator === 'exists') return nullity(`NULLIF(${sql}, 'null'::jsonb)`, presence(field, value));
    if (operator === 'eq') return value === null ? `(${present}) IS NOT TRUE` : `(${sql}) = ${add(value)}`;
    if (operator === 'ne') return value === null ? present : `(${sql}) IS DISTINCT FROM ${add(value)}`;
    if (operator === 'in')
      return `(${sql}) = ANY(${parameters.add(listOf(field, value).map(encode), 'jsonb[]')})`;
    if (operator === 'contains') return `(${sql}) @> ${add(value)}`;
    return jsonRange(field, sql, RANGE[operator], value, parameters);
  };
}

/** What cannot be stored cannot be searched for either. */
function jsonOf(value: unknown): string | undefined {
  try {
    return COLUMN_TYPES.jsonb.encode(value);
  } catch {
    return undefined;
  }
}

/** Compares numbers with numbers and strings with strings only: jsonb itself has an order across types. */
function jsonRange(
  field: string,
  sql: string,
  operator: string,
  value: unknown,
  parameters: Parameters,
): string {
  if (typeof value === 'number' && Number.isFinite(value)) {
    const bound = parameters.add(String(value), 'jsonb');
    return `(jsonb_typeof(${sql}) = 'number' AND (${sql}) ${operator} ${bound})`;
  }
  if (typeof value === 'string') {
    const bound = parameters.add(textOf(value), 'text');
    return `(jsonb_typeof(${sql}) = 'string' AND ((${sql}) #>> '{}') COLLATE "C" ${operator} ${bound})`;
  }
  return refuse(field, 'a number or a string to compare with');
}

/** SQL for what is at a path of JSON. */
export function jsonPath(sql: string, steps: readonly string[], parameters: Parameters): string {
  return steps.length === 0 ? sql : `${sql} #> ${parameters.add(steps, 'text[]')}`;
}

function presence(field: string, value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse(field, 'true or false for `exists`');
}

function nullity(sql: string, present: boolean): string {
  return present ? `${sql} IS NOT NULL` : `${sql} IS NULL`;
}

function listOf(field: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(field, 'a list for `in`');
}

/** A path's step, checked. */
export function textOf(value: string): string {
  return COLUMN_TYPES.text.encode(value) ?? refuse('a path', COLUMN_TYPES.text.takes);
}

function refuse(field: string, takes: string): never {
  throw invalidQuery(`${quote(field)} takes ${takes}`);
}

/** A field's name for messages. */
export function quote(name: string): string {
  return JSON.stringify(name.slice(0, 64));
}
