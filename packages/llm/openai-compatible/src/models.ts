import type { ModelList } from '@drydock/llm/provider-kit';

/** OpenAI's own models that are asked by default, their limits and prices; other servers have models and prices of their own. */
export const OPENAI_COMPATIBLE_MODELS: ModelList = {
  asOf: '2026-11-30',
  // As pages which quote it have it, on 5 November 2026 and before: nobody here could read the document itself.
  source: 'https://platform.openai.com/docs/pricing',
  defaultModel: 'gpt-5-mini',
  models: {
    'gpt-5-mini': {
      contextTokens: 400_000,
      maxOutputTokens: 128_000,
      price: { input: 0.25, cachedInput: 0.025, output: 2 },
    },
    'text-embedding-3-small': { contextTokens: 8_192, price: { input: 0.02, output: 0 } },
  },
};

/** OpenAI's model that makes vectors unless options or a request name another. */
export const DEFAULT_EMBEDDING_MODEL = 'text-embedding-3-small';
