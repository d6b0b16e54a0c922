import { invalidQuery } from '@drydock/storage/backend-kit';
import type { Schema } from '../schema.js';
import type { Direction } from './query.js';

interface Steps {
  readonly depth?: number;
  readonly direction?: Direction;
  readonly types?: readonly string[];
}

interface Bounds {
  /** Variable of the relationships; empty for none. */
  readonly name: string;
  readonly maxDepth: number;
  readonly defaultDepth: number;
}

const ARROWS: Readonly<Record<Direction, readonly [string, string]>> = {
  out: ['-', '->'],
  in: ['<-', '-'],
  both: ['-', '-'],
};

/** Cypher for up to `depth` relationships in a row, which cannot be a parameter. */
export function pattern(schema: Schema, steps: Steps, { name, maxDepth, defaultDepth }: Bounds): string {
  const { direction = 'both', depth = defaultDepth, types } = steps;
  if (!Object.hasOwn(ARROWS, direction)) throw invalidQuery("`direction` is 'out', 'in' or 'both'");
  if (!Number.isInteger(depth) || depth < 1 || depth > maxDepth) {
    throw invalidQuery(`\`depth\` is an integer from 1 to ${maxDepth}`);
  }
  const [left, right] = ARROWS[direction];
  return `${left}[${name}${typesOf(schema, types)}*1..${depth}]${right}`;
}

/** Cypher for "of one of these types", which must be among those declared; all of them by default. */
export function typesOf(schema: Schema, types: readonly string[] | undefined): string {
  const chosen = types ?? schema.types;
  if (schema.types.length === 0)
    throw invalidQuery('the adapter was made without `types`: there are no relationships');
  if (!Array.isArray(chosen) || chosen.length === 0)
    throw invalidQuery('`types` takes a list with at least one type');
  if (chosen.some((type) => !schema.types.includes(type))) {
    throw invalidQuery('the query names a type that is not one of `types`');
  }
  return `:${chosen.map((type) => `\`${type}\``).join('|')}`;
}

/** Cypher for "and has this label", which must be among those declared. */
export function labelOf(schema: Schema, label: string | undefined): string {
  if (label === undefined) return '';
  if (!schema.labels.includes(label))
    throw invalidQuery('the query names a label that is not one of `labels`');
  return `:\`${label}\``;
}
