import type { JsonSchema } from '../../contract/index.js';
import type { SchemaDialect } from './schema-dialect.js';

/** A keyword of a schema, translated to a dialect. */
export interface TranslatedKeyword {
  readonly keyword: string;
  /** Name of the keyword in the dialect; absent where the dialect has none. */
  readonly as?: string;
  readonly value: unknown;
}

/** A keyword of the same meaning. */
interface Synonym {
  readonly as: string;
  readonly value?: (value: unknown) => unknown;
}

/** Keywords that stand in for one that a dialect lacks. */
const SYNONYMS: Readonly<Record<string, Synonym>> = {
  const: { as: 'enum', value: (value) => [value] },
  definitions: { as: '$defs' },
  // It allows several alternatives to fit where `oneOf` allows one; alternatives for models rarely overlap.
  oneOf: { as: 'anyOf' },
};

/** Keywords that are always replaced: their parts lose restrictions in a dialect, so that several may fit where one should. */
const ALWAYS_REPLACED = ['oneOf'];

/** Every keyword of a schema, translated to a dialect. */
export function translateKeywords(schema: JsonSchema, dialect: SchemaDialect): TranslatedKeyword[] {
  return Object.entries(schema).map(([keyword, value]) => {
    if (isLost(keyword, value, schema, dialect)) return { keyword, value };
    if (dialect.keywords.includes(keyword) && !ALWAYS_REPLACED.includes(keyword))
      return { keyword, as: keyword, value };
    const synonym = Object.hasOwn(SYNONYMS, keyword) ? SYNONYMS[keyword] : undefined;
    if (!synonym || !dialect.keywords.includes(synonym.as) || synonym.as in schema) return { keyword, value };
    return { keyword, as: synonym.as, value: synonym.value ? synonym.value(value) : value };
  });
}

/** Whether a dialect refuses a keyword that it knows, for its value or for what stands beside it. */
function isLost(
  keyword: string,
  value: unknown,
  schema: JsonSchema,
  { formats, loneReferences, nullable }: SchemaDialect,
): boolean {
  if (keyword === 'format') return formats !== undefined && !formats.includes(String(value));
  if (loneReferences && '$ref' in schema) return !keyword.startsWith('$');
  // Services that read OpenAPI 3.0 take texts only in `enum`.
  if (nullable && keyword === 'enum')
    return !(value as unknown[]).every((one) => one === null || typeof one === 'string');
  if (nullable && keyword === 'const') return typeof value !== 'string';
  return false;
}
