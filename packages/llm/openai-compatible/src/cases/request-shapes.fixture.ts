import { chatApiBody } from '@drydock/llm/conformance';
import { closedObject, type RequestShapes } from '@drydock/llm/wire';

const TEXT = { type: 'string' };

/** Members that OpenAI documents for its own models. */
const OWN = {
  'safety_identifier?': TEXT,
  'prompt_cache_key?': TEXT,
  'prompt_cache_retention?': { enum: ['in_memory', '24h'] },
  'verbosity?': { enum: ['low', 'medium', 'high'] },
  'prediction?': closedObject({ type: { const: 'content' }, content: TEXT }),
  'web_search_options?': { type: 'object' },
};

/** Requests that the provider sends; what it has no use for is left out, and would be found. */
export const OPENAI_COMPATIBLE_REQUESTS: RequestShapes = {
  document: "OpenAI's API reference, https://platform.openai.com/docs/api-reference/chat/create",
  asOf: '2026-11-30',
  requests: [
    {
      method: 'POST',
      path: /^\/v1\/chat\/completions$/,
      body: chatApiBody(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'], OWN),
    },
    {
      method: 'POST',
      path: /^\/v1\/embeddings$/,
      body: closedObject({
        model: TEXT,
        input: { type: 'array', items: TEXT, minItems: 1, maxItems: 2_048 },
        'dimensions?': { type: 'integer', minimum: 1 },
      }),
    },
    { method: 'GET', path: /^\/v1\/models$/ },
  ],
};
