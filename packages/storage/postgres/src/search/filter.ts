import { checkShape, invalidQuery, type Shape } from '@drydock/storage/backend-kit';
import { COLUMN_TYPES, type ColumnCodec } from '../columns.js';
import { EXTRA, ID, type Table } from '../table.js';
import type { Condition, FieldCondition } from './query.js';

/** Collects parameters; every value of a query goes through it, none into the text. */
export class Parameters {
  readonly values: (string | null | readonly string[])[] = [];

  /** SQL that stands for the value. */
  add(value: string | readonly string[], type: string): string {
    // The driver would count on in 16 bits and send nonsense.
    if (this.values.length >= 65_535) throw invalidQuery('the query has too many values; use `in` for sets');
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

const MAX_DEPTH = 32;
/** Values may be null, and are checked by the column that they are compared with. */
const FIELD: Shape<FieldCondition> = {
  field: 'string',
  path: 'list',
  eq: 'any|null!',
  ne: 'any|null!',
  in: 'list!',
  gt: 'any!',
  gte: 'any!',
  lt: 'any!',
  lte: 'any!',
  contains: 'any|null!',
  exists: 'boolean!',
};
type Operator = Exclude<keyof FieldCondition, 'field' | 'path'>;
const RANGE = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** SQL of conditions that must all hold; throws a query fault that names the field at fault. */
export function compileFilter(
  where: Condition | readonly Condition[],
  table: Table,
  parameters: Parameters,
): string {
  return compile(Array.isArray(where) ? { all: where } : (where as Condition), 0);

  function compile(condition: Condition, depth: number): string {
    if (typeof condition !== 'object' || condition === null)
      throw invalidQuery('a condition must be an object');
    if (depth > MAX_DEPTH) throw invalidQuery(`conditions are nested deeper than ${MAX_DEPTH}`);
    if ('all' in condition) return join(condition, 'all', ' AND ', 'true', depth);
    if ('any' in condition) return join(condition, 'any', ' OR ', 'false', depth);
    // An absent value compares to null, which is not a match, so that its negation must be one.
    if ('not' in condition) {
      checkShape(condition, { not: 'object' });
      return `NOT COALESCE(${compile(condition.not, depth + 1)}, false)`;
    }
    return compileField(condition, table, parameters);
  }

  function join(
    condition: { readonly all?: readonly Condition[]; readonly any?: readonly Condition[] },
    name: 'all' | 'any',
    operator: string,
    empty: string,
    depth: number,
  ): string {
    checkShape(condition, { [name]: 'list' });
    const conditions = condition[name];
    if (!conditions) throw invalidQuery('`all` and `any` take a list of conditions');
    if (conditions.length === 0) return empty;
    return `(${conditions.map((condition) => compile(condition, depth + 1)).join(operator)})`;
  }
}

function compileField(condition: FieldCondition, table: Table, parameters: Parameters): string {
  const { field, path = [], ...operators } = condition;
  if (typeof field !== 'string') throw invalidQuery('a condition needs a `field`, `all`, `any` or `not`');
  checkShape(condition, FIELD);
  const names = Object.keys(operators);
  if (names.length === 0) throw invalidQuery(`${quote(field)} has no value to compare with`);
  const target = resolve(field, path, table, parameters);
  const compiled = names.map((name) => target(name as Operator, operators[name as Operator]));
  return compiled.length === 1 ? (compiled[0] as string) : `(${compiled.join(' AND ')})`;
}

type Target = (operator: Operator, value: unknown) => string;

function resolve(
  field: string,
  path: FieldCondition['path'] & {},
  table: Table,
  parameters: Parameters,
): Target {
  const steps = path.map((step) => textOf(String(step)));
  if (field === 'id') {
    if (steps.length > 0) throw invalidQuery('`id` is not JSON and takes no path');
    return columnTarget(field, ID, COLUMN_TYPES.text, parameters);
  }
  const column = table.columns.find(({ name }) => name === field);
  if (!column) return jsonTarget(field, jsonPath(EXTRA, [textOf(field), ...steps], parameters), parameters);
  if (column.type === 'jsonb')
    return jsonTarget(field, jsonPath(column.quoted, steps, parameters), parameters);
  if (steps.length > 0) throw invalidQuery(`${quote(field)} is not JSON and takes no path`);
  return columnTarget(field, column.quoted, column.codec, parameters);
}

function columnTarget(field: string, sql: string, codec: ColumnCodec, parameters: Parameters): Target {
  const encode = (value: unknown) => codec.encode(value) ?? refuse(field, codec.takes);
  const add = (value: unknown) => parameters.add(encode(value), codec.sql);
  return (operator, value) => {
    if (operator === 'exists') return existence(sql, field, value);
    if (operator === 'eq') return value === null ? `${sql} IS NULL` : `${sql} = ${add(value)}`;
    if (operator === 'ne')
      return value === null ? `${sql} IS NOT NULL` : `${sql} IS DISTINCT FROM ${add(value)}`;
    if (operator === 'in')
      return `${sql} = ANY(${parameters.add(listOf(field, value).map(encode), `${codec.sql}[]`)})`;
    if (operator === 'contains') throw invalidQuery(`${quote(field)} is not JSON and takes no \`contains\``);
    return `${sql} ${RANGE[operator]} ${add(value)}`;
  };
}

function jsonTarget(field: string, sql: string, parameters: Parameters): Target {
  const encode = (value: unknown) => jsonOf(value) ?? refuse(field, COLUMN_TYPES.jsonb.takes);
  const add = (value: unknown) => parameters.add(encode(value), 'jsonb');
  const present = `(${sql}) <> 'null'::jsonb`;
  return (operator, value) => {
    if (operator === 'exists') return existence(`NULLIF(${sql}, 'null'::jsonb)`, field, value);
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

function jsonPath(sql: string, steps: readonly string[], parameters: Parameters): string {
  return steps.length === 0 ? sql : `${sql} #> ${parameters.add(steps, 'text[]')}`;
}

function existence(sql: string, field: string, value: unknown): string {
  if (typeof value !== 'boolean') return refuse(field, 'true or false for `exists`');
  return value ? `${sql} IS NOT NULL` : `${sql} IS NULL`;
}

function listOf(field: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(field, 'a list for `in`');
}

function textOf(value: string): string {
  return COLUMN_TYPES.text.encode(value) ?? refuse('a path', COLUMN_TYPES.text.takes);
}

function refuse(field: string, takes: string): never {
  throw invalidQuery(`${quote(field)} takes ${takes}`);
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 64));
}
