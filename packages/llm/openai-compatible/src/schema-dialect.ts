import { JSON_SCHEMA_DIALECT, type SchemaDialect, STRICT_DIALECT } from '@drydock/llm/structured';

/** What OpenAI's own models take of JSON Schema: https://platform.openai.com/docs/guides/structured-outputs, as of November 2026. */
export const OPENAI_COMPATIBLE_DIALECT: SchemaDialect = {
  ...STRICT_DIALECT,
  keywords: [
    ...STRICT_DIALECT.keywords,
    ...'format pattern multipleOf maximum exclusiveMaximum minimum exclusiveMinimum minItems maxItems'.split(
      ' ',
    ),
  ],
  formats: 'date-time time date duration email hostname ipv4 ipv6 uuid'.split(' '),
};

/** What other servers take: llama.cpp, vLLM and Ollama hold a model to all of it that they know, and leave the rest to the check. */
export const SERVER_DIALECT: SchemaDialect = JSON_SCHEMA_DIALECT;
