/** What a keyword holds: one schema, a list of them, or a map from names to them. */
export type Holding = 'one' | 'list' | 'map';

/** The keywords of JSON Schema that hold further schemas, of drafts 4 to 2020-12. */
export const CHILD_SCHEMAS: Readonly<Record<string, Holding>> = {
  $defs: 'map',
  definitions: 'map',
  properties: 'map',
  patternProperties: 'map',
  dependentSchemas: 'map',
  additionalProperties: 'one',
  unevaluatedProperties: 'one',
  propertyNames: 'one',
  items: 'one',
  prefixItems: 'list',
  additionalItems: 'one',
  unevaluatedItems: 'one',
  contains: 'one',
  anyOf: 'list',
  oneOf: 'list',
  allOf: 'list',
  not: 'one',
  if: 'one',
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
  then: 'one',
  else: 'one',
};

/** Whether a value is an object with members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a keyword with each schema within it replaced; `at` is the keyword's own pointer. */
export function mapChildren(
  keyword: string,
  value: unknown,
  at: string,
  replace: (schema: unknown, at: string) => unknown,
): unknown {
  const holding = Object.hasOwn(CHILD_SCHEMAS, keyword) ? CHILD_SCHEMAS[keyword] : undefined;
  if (holding === undefined) return value;
  // Until draft 2019-09 `items` could be a list.
  if (Array.isArray(value)) return value.map((schema, index) => replace(schema, `${at}/${index}`));
  if (holding === 'map' && isRecord(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, schema]) => [key, replace(schema, `${at}/${escaped(key)}`)]),
    );
  }
  return replace(value, at);
}

/** A name as a segment of a JSON pointer (RFC 6901). */
export function escaped(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What a JSON pointer of this document refers to; undefined where it leads nowhere. */
export function resolved(root: unknown, reference: string): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let value = root;
  for (const segment of reference.slice(2).split('/')) {
    const key = unescaped(segment);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** The segment of a JSON pointer without its escapes, those of a URI included. */
export function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return segment;
  }
}
