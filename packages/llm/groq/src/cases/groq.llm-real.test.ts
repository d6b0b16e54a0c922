import { realCalls } from '@drydock/llm/conformance';
import { createGroqProvider } from '../provider.js';

const { GROQ_API_KEY: apiKey, GROQ_BASE_URL: baseURL, GROQ_MODEL: model } = process.env;

realCalls({
  provider: createGroqProvider({ apiKey, baseURL, model }),
  baseURL,
  smokeTags: ['smoke'],
  withWrongKey: baseURL ? undefined : createGroqProvider({ apiKey: 'not-a-key' }),
});
