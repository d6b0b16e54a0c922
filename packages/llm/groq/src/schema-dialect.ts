import { modelData } from '@drydock/llm/provider-kit';
import { JSON_SCHEMA_DIALECT, type SchemaDialect, STRICT_DIALECT } from '@drydock/llm/structured';
import { GROQ_MODELS } from './models.js';

/** What the strict mode takes of JSON Schema: https://console.groq.com/docs/structured-outputs, as of November 2026. */
export const GROQ_DIALECT: SchemaDialect = { ...STRICT_DIALECT, withoutTools: true };

/** What a model of the service takes; one that the list lacks may have no strict mode, and sees the schema without it. */
export function groqDialect(model: string): SchemaDialect {
  return modelData(GROQ_MODELS, model)?.strictSchemas
    ? GROQ_DIALECT
    : { ...JSON_SCHEMA_DIALECT, withoutTools: true, objectRoot: true };
}
