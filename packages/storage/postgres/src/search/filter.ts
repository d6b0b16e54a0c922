import { checkShape, invalidQuery, type Shape } from '@drydock/storage/backend-kit';
import { COLUMN_TYPES } from '../columns.js';
import { EXTRA, ID, type Table } from '../table.js';
import { JSON_FORMS } from '../undeclared.js';
import type { Parameters } from './parameters.js';
import type { Condition, FieldCondition } from './query.js';
import { columnTarget, jsonPath, jsonTarget, type Operator, quote, type Target, textOf } from './targets.js';

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
  if (column && !column.declared) {
    const value = `COALESCE(${JSON_FORMS[column.type].json(column.quoted)}, ${extraOf(field)})`;
    return jsonTarget(field, jsonPath(value, steps, parameters), parameters);
  }
  if (!column) return jsonTarget(field, jsonPath(EXTRA, [textOf(field), ...steps], parameters), parameters);
  if (column.type === 'jsonb')
    return jsonTarget(field, jsonPath(column.quoted, steps, parameters), parameters);
  if (steps.length > 0) throw invalidQuery(`${quote(field)} is not JSON and takes no path`);
  return columnTarget(
    field,
    column.quoted,
    column.codec,
    parameters,
    `NULLIF(${extraOf(field)}, 'null'::jsonb)`,
  );
}

/** The name is a column's, which holds nothing that would have to be quoted. */
function extraOf(field: string): string {
  return `${EXTRA} -> '${field}'`;
}
