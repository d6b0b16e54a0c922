import type { ModelData, ModelList } from '@drydock/llm/provider-kit';

/** What Groq's document says about a model. */
export interface GroqModelData extends ModelData {
  /** Whether answers can be held to a schema, which takes every property to be required. */
  readonly strictSchemas: boolean;
}

/** Groq's own models for texts, their limits and prices. */
export const GROQ_MODELS: ModelList<GroqModelData> = {
  asOf: '2026-05-20',
  source: 'https://console.groq.com/docs/models',
  defaultModel: 'openai/gpt-oss-20b',
  models: {
    'openai/gpt-oss-20b': {
      contextTokens: 131_072,
      maxOutputTokens: 65_536,
      price: { input: 0.075, output: 0.3 },
      strictSchemas: true,
    },
    'openai/gpt-oss-120b': {
      contextTokens: 131_072,
      maxOutputTokens: 65_536,
      price: { input: 0.15, output: 0.6 },
      strictSchemas: true,
    },
  },
};
