import { type SchemaDialect, STRICT_DIALECT } from '@drydock/llm/structured';

/**
 * What `response_format.json_schema` takes of JSON Schema, as of November 2026.
 *
 * https://docs.mistral.ai/capabilities/structured_output/custom names no keywords; its examples keep to the strict mode.
 */
export const MISTRAL_DIALECT: SchemaDialect = STRICT_DIALECT;
