import type { JsonSchema } from '../../contract/index.js';
import type { SchemaDialect } from './schema-dialect.js';

/** A keyword of a schema and what becomes of it. */
export interface TranslatedKeyword {
  readonly keyword: string;
  /** Its name in the dialect; absent where the dialect has none. */
  readonly as?: string;
  readonly value: unknown;
}

/** Another way to say a keyword. */
interface Synonym {
  readonly as: string;
  readonly value?: (value: unknown) => unknown;
}

/** The first that a dialect knows is taken. */
const SYNONYMS: Readonly<Record<string, Synonym>> = {
  const: { as: 'enum', value: (value) => [value] },
  definitions: { as: '$defs' },
  // At least one instead of exactly one; alternatives for models rarely overlap.
  oneOf: { as: 'anyOf' },
};

/** Once their parts are weaker, several of them may fit; so these are never taken as they are. */
const LOOSENED = ['oneOf'];

/** What becomes of each keyword of a schema in a dialect. */
export function translateKeywords(schema: JsonSchema, dialect: SchemaDialect): TranslatedKeyword[] {
  return Object.entries(schema).map(([keyword, value]) => {
    if (isLost(keyword, value, schema, dialect)) return { keyword, value };
    if (dialect.keywords.includes(keyword) && !LOOSENED.includes(keyword))
      return { keyword, as: keyword, value };
    const synonym = Object.hasOwn(SYNONYMS, keyword) ? SYNONYMS[keyword] : undefined;
    if (!synonym || !dialect.keywords.includes(synonym.as) || synonym.as in schema) return { keyword, value };
    return { keyword, as: synonym.as, value: synonym.value ? synonym.value(value) : value };
  });
}

/** Values and neighbours that a dialect does not take, though it knows the keyword. */
function isLost(
  keyword: string,
  value: unknown,
  schema: JsonSchema,
  { formats, loneReferences, nullable }: SchemaDialect,
): boolean {
  if (keyword === 'format') return formats !== undefined && !formats.includes(String(value));
  if (loneReferences && '$ref' in schema) return !keyword.startsWith('$');
  // OpenAPI 3.0 as Gemini reads it enumerates texts only.
  if (nullable && keyword === 'enum')
    return !(value as unknown[]).every((one) => one === null || typeof one === 'string');
  if (nullable && keyword === 'const') return typeof value !== 'string';
  return false;
}
