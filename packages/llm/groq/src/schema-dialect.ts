import { type SchemaDialect, STRICT_DIALECT } from '@drydock/llm/structured';

/** What the strict mode takes of JSON Schema: https://console.groq.com/docs/structured-outputs, as of November 2026. */
export const GROQ_DIALECT: SchemaDialect = STRICT_DIALECT;
