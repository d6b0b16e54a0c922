import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../../contract/index.js';
import { isRecord } from './child-schemas.js';

/** Keywords that restrict no value; where several schemas have one, that of the first is kept. */
const ANNOTATIONS = ['title', 'description'];

/** One schema for the values that fit all of several; undefined where they cannot be merged, such as two that describe one member. */
export function mergeSchemas(schemas: readonly JsonSchema[]): JsonSchema | undefined {
  return schemas.reduce<JsonSchema | undefined>((merged, schema) => merged && mergeTwo(merged, schema), {});
}

function mergeTwo(one: JsonSchema, other: JsonSchema): JsonSchema | undefined {
  const merged: Record<string, unknown> = { ...other, ...one };
  for (const keyword of Object.keys(one).filter((name) => name in other && !ANNOTATIONS.includes(name))) {
    const value = mergedValue(keyword, one[keyword], other[keyword]);
    if (value === undefined) return undefined;
    merged[keyword] = value;
  }
  return merged;
}

function mergedValue(keyword: string, one: unknown, other: unknown): unknown {
  if (keyword === 'required' && Array.isArray(one) && Array.isArray(other))
    return [...new Set([...one, ...other])];
  if (keyword === 'properties' && isRecord(one) && isRecord(other)) {
    const shared = Object.keys(one).some((name) => Object.hasOwn(other, name));
    return shared ? undefined : { ...one, ...other };
  }
  return isDeepStrictEqual(one, other) ? one : undefined;
}
