/** What a service understands of JSON Schema. */
export interface SchemaDialect {
  /** Keywords that it knows; all others are left out and reported. `oneOf` always becomes `anyOf`. */
  readonly keywords: readonly string[];
  /** Values of `format` that it knows. @default all */
  readonly formats?: readonly string[] | undefined;
  /** Whether objects must forbid further properties and every schema must name its type. @default false */
  readonly closed?: boolean | undefined;
  /** Whether objects must require all their properties; optional ones then allow null. @default false */
  readonly allRequired?: boolean | undefined;
  /** Whether a `$ref` must stand alone. @default false */
  readonly loneReferences?: boolean | undefined;
  /** Whether null is allowed by `nullable: true` rather than as a type, as in OpenAPI 3.0. @default false */
  readonly nullable?: boolean | undefined;
  /** Whether the root must be an object and no union; any other is sent as its member `value`. @default false */
  readonly objectRoot?: boolean | undefined;
  /** Whether the model is held to the schema by the option `strict` of OpenAI's API. @default false */
  readonly strict?: boolean | undefined;
  /** Whether a request with tools may have no schema. @default false */
  readonly withoutTools?: boolean | undefined;
  /** Whether a schema may contain itself in members alone that are not required. @default false */
  readonly optionalCycles?: boolean | undefined;
  /** Whether references are replaced by what they refer to. @default false */
  readonly inlined?: boolean | undefined;
}

/** The strict mode of `response_format.json_schema` as OpenAI describes it and as compatible services took it over. */
export const STRICT_DIALECT: SchemaDialect = {
  keywords:
    '$defs $ref type title description enum const properties required additionalProperties items anyOf'.split(
      ' ',
    ),
  closed: true,
  allRequired: true,
  objectRoot: true,
  strict: true,
};

const JSON_SCHEMA_KEYWORDS = `
  $id $anchor $defs $ref definitions type format title description default enum const properties patternProperties
  propertyNames required additionalProperties minProperties maxProperties items prefixItems additionalItems minItems maxItems
  uniqueItems contains minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf anyOf allOf
  not if then else
`;

/** All of JSON Schema, for servers that hold a model to it as far as they know it, such as llama.cpp and vLLM. */
export const JSON_SCHEMA_DIALECT: SchemaDialect = { keywords: JSON_SCHEMA_KEYWORDS.trim().split(/\s+/) };

const OPEN_API_KEYWORDS = `
  type format title description enum default items minItems maxItems properties required minProperties
  maxProperties minLength maxLength pattern minimum maximum anyOf propertyOrdering
`;

/** Schemas as OpenAPI 3.0 has them, such as Gemini's `responseSchema`: https://ai.google.dev/api/caching#Schema. */
export const OPEN_API_DIALECT: SchemaDialect = {
  keywords: OPEN_API_KEYWORDS.trim().split(/\s+/),
  nullable: true,
  inlined: true,
};
