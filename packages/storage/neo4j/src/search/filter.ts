import { checkShape, invalidQuery, type Shape } from '@drydock/storage/backend-kit';
import { isPropertyName } from '../identifiers.js';
import { encodeNative } from '../properties.js';
import type { PropertyCondition } from './query.js';

/** The parameters of a statement under construction. */
export class Parameters {
  readonly values: Record<string, unknown> = {};
  #count = 0;

  /** Adds a value and returns its name in Cypher. */
  add(value: unknown): string {
    const name = `p${this.#count}`;
    this.#count += 1;
    this.values[name] = value;
    return `$${name}`;
  }
}

const COMPARISONS = {
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  startsWith: 'STARTS WITH',
  contains: 'CONTAINS',
} as const;

const CONDITION: Shape<PropertyCondition> = {
  property: 'string',
  eq: 'any|null!',
  in: 'list!',
  gt: 'any!',
  gte: 'any!',
  lt: 'any!',
  lte: 'any!',
  startsWith: 'string!',
  contains: 'string!',
  exists: 'boolean!',
};

/** Cypher for each operator of each condition; throws a query fault for what cannot be meant. */
export function compileFilter(
  variable: string,
  conditions: readonly PropertyCondition[],
  parameters: Parameters,
): string[] {
  if (!Array.isArray(conditions)) throw invalidQuery('`where` takes a list of conditions');
  return conditions.flatMap((condition) => compile(variable, condition, parameters));
}

function compile(variable: string, condition: PropertyCondition, parameters: Parameters): string[] {
  if (typeof condition !== 'object' || condition === null)
    throw invalidQuery('a condition must be an object');
  const { property, eq, in: among, exists } = condition;
  if (typeof property !== 'string' || !isPropertyName(property)) {
    throw invalidQuery(
      'a condition names a property by letters, digits and underscores, and none of the adapter’s own',
    );
  }
  checkShape(condition, CONDITION);
  const left = `${variable}.\`${property}\``;
  const bind = (value: unknown) => parameters.add(scalar(value));
  const compiled = [
    ...(eq === undefined ? [] : [eq === null ? `${left} IS NULL` : `${left} = ${bind(eq)}`]),
    ...(among === undefined ? [] : [`${left} IN ${parameters.add(list(among))}`]),
    ...Object.entries(COMPARISONS).flatMap(([name, operator]) => {
      const value = condition[name as keyof typeof COMPARISONS];
      return value === undefined ? [] : [`${left} ${operator} ${bind(value)}`];
    }),
    ...(exists === undefined ? [] : [`${left} IS ${exists ? 'NOT NULL' : 'NULL'}`]),
  ];
  if (compiled.length === 0) throw invalidQuery('a condition has no operator');
  return compiled;
}

function list(values: readonly unknown[]): unknown[] {
  if (!Array.isArray(values)) throw invalidQuery('`in` takes a list');
  return values.map(scalar);
}

function scalar(value: unknown): unknown {
  const encoded = Array.isArray(value) ? undefined : encodeNative(value);
  if (encoded === undefined) throw invalidQuery('a condition compares with text, numbers or booleans');
  return encoded;
}
