import { realCalls } from '@drydock/llm/conformance';
import { createMistralProvider } from '../provider.js';

const {
  MISTRAL_API_KEY: apiKey,
  MISTRAL_BASE_URL: baseURL,
  MISTRAL_MODEL: model,
  MISTRAL_EMBEDDING_MODEL: embeddingModel,
} = process.env;

realCalls({
  provider: createMistralProvider({ apiKey, baseURL, model, embeddingModel }),
  baseURL,
  smokeTags: ['smoke'],
  withWrongKey: baseURL ? undefined : createMistralProvider({ apiKey: 'not-a-key' }),
});
