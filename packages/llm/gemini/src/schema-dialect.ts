import type { SchemaDialect } from '@drydock/llm/structured';

const KEYWORDS = `
  $id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum
  anyOf properties additionalProperties required
`;

/** What `responseJsonSchema` takes of JSON Schema: https://ai.google.dev/api/generate-content#GenerationConfig, as of November 2026. */
export const GEMINI_DIALECT: SchemaDialect = {
  keywords: KEYWORDS.trim().split(/\s+/),
  loneReferences: true,
  optionalCycles: true,
};
