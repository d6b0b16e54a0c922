import { realCalls } from '@drydock/llm/conformance';
import { createOpenAICompatibleProvider } from '../provider.js';

const {
  OPENAI_API_KEY: apiKey,
  OPENAI_BASE_URL: baseURL,
  OPENAI_MODEL: model,
  OPENAI_EMBEDDING_MODEL: embeddingModel,
} = process.env;

realCalls({
  provider: createOpenAICompatibleProvider({ apiKey, baseURL, model, embeddingModel }),
  baseURL,
  smokeTags: ['smoke'],
  withWrongKey: baseURL ? undefined : createOpenAICompatibleProvider({ apiKey: 'not-a-key' }),
});
