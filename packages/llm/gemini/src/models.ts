import type { ModelList } from '@drydock/llm/provider-kit';

/** The service's models for texts and vectors, their limits and prices. */
export const GEMINI_MODELS: ModelList = {
  asOf: '2026-11-20',
  source: 'https://ai.google.dev/gemini-api/docs/pricing',
  defaultModel: 'gemini-3.8-flash',
  models: {
    'gemini-3.8-flash': {
      contextTokens: 1_048_576,
      maxOutputTokens: 65_536,
      price: [
        { input: 0.75, cachedInput: 0.075, output: 3.75, until: '2027-01-01' },
        { input: 1.5, cachedInput: 0.15, output: 7.5, from: '2027-01-01' },
      ],
    },
    'gemini-3.5-flash': {
      contextTokens: 1_048_576,
      maxOutputTokens: 65_536,
      price: { input: 1.5, cachedInput: 0.15, output: 9 },
    },
    'gemini-embedding-001': { contextTokens: 2_048, price: { input: 0.15, output: 0 } },
  },
};

/** Model that makes vectors unless options or a request name another. */
export const DEFAULT_EMBEDDING_MODEL = 'gemini-embedding-001';
