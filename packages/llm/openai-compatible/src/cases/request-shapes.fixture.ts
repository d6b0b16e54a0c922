import { chatApiBody } from '@drydock/llm/conformance';
import { closedObject, type RequestShapes } from '@drydock/llm/wire';

const TEXT = { type: 'string' };

/** Requests that the provider sends; what it has no use for is left out, and would be found. */
export const OPENAI_COMPATIBLE_REQUESTS: RequestShapes = {
  document: "OpenAI's API reference, https://platform.openai.com/docs/api-reference/chat/create",
  asOf: '2026-11-30',
  requests: [
    {
      method: 'POST',
      path: /^\/v1\/chat\/completions$/,
      body: chatApiBody(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']),
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
