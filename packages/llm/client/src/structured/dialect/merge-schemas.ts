import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../../contract/index.js';
import { isRecord } from './child-schemas.js';

/** They say nothing of the values, so that those of one schema do. */
const ANNOTATIONS = ['title', 'description'];

/** One schema for values that fit several; undefined where they do not simply add up, such as two that speak of one member. */
export function mergeSchemas(schemas: readonly JsonSchema[]): JsonSchema | undefined {
  return schemas.reduce<JsonSchema | undefined>((merged, schema) => merged && both(merged, schema), {});
}

function both(one: JsonSchema, other: JsonSchema): JsonSchema | undefined {
  const merged: Record<string, unknown> = { ...other, ...one };
  for (const keyword of Object.keys(one).filter((name) => name in other && !ANNOTATIONS.includes(name))) {
    const value = together(keyword, one[keyword], other[keyword]);
    if (value === undefined) return undefined;
    merged[keyword] = value;
  }
  return merged;
}

function together(keyword: string, one: unknown, other: unknown): unknown {
  if (keyword === 'required' && Array.isArray(one) && Array.isArray(other))
    return [...new Set([...one, ...other])];
  if (keyword === 'properties' && isRecord(one) && isRecord(other)) {
    const shared = Object.keys(one).some((name) => Object.hasOwn(other, name));
    return shared ? undefined : { ...one, ...other };
  }
  return isDeepStrictEqual(one, other) ? one : undefined;
}
