import type { ModelList } from '@drydock/llm/provider-kit';

/** Mistral's own models for texts, their limits and prices. */
export const MISTRAL_MODELS: ModelList = {
  asOf: '2026-11-23',
  source: 'https://docs.mistral.ai/getting-started/models',
  defaultModel: 'mistral-small-2603',
  models: {
    'mistral-small-2603': { contextTokens: 262_144, price: { input: 0.15, output: 0.6 } },
    'mistral-large-2512': { contextTokens: 262_144, price: { input: 0.5, output: 1.5 } },
    'mistral-medium-3-5': { contextTokens: 262_144, price: { input: 1.5, output: 7.5 } },
    'mistral-embed': { contextTokens: 8_192, price: { input: 0.1, output: 0 } },
  },
};

/** Model that makes vectors unless options or a request name another. */
export const DEFAULT_EMBEDDING_MODEL = 'mistral-embed';
