import type { JsonSchema } from '../contract/index.js';
import { CHILD_SCHEMAS, escaped, isRecord } from './dialect/child-schemas.js';

/**
 * JSON pointers that show nothing of an answer: a name that the schema does not have, which the model may have made
 * up, becomes a `*`.
 */
export function safePointers(paths: readonly (readonly PropertyKey[])[], schema: JsonSchema): string[] {
  const known = namesOf(schema);
  const places = paths.map((path) =>
    path
      .map(String)
      .map((name) => `/${/^\d{1,6}$/.test(name) || known.has(name) ? escaped(name) : '*'}`)
      .join(''),
  );
  return [...new Set(places)];
}

/** Names of the members that a schema describes. */
function namesOf(schema: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const one of schema) namesOf(one, names);
  if (!isRecord(schema)) return names;
  for (const [keyword, value] of Object.entries(schema)) {
    const holding = Object.hasOwn(CHILD_SCHEMAS, keyword) ? CHILD_SCHEMAS[keyword] : undefined;
    if (holding === undefined) continue;
    if (holding !== 'map' || !isRecord(value)) namesOf(value, names);
    else {
      if (keyword === 'properties') for (const name of Object.keys(value)) names.add(name);
      for (const one of Object.values(value)) namesOf(one, names);
    }
  }
  return names;
}
