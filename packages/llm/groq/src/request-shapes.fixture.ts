import { closedObject, type RequestShapes } from '@drydock/llm/wire';

const TEXT = { type: 'string' };
const NAME = { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,64}$' };
const CALL = closedObject({
  id: TEXT,
  type: { const: 'function' },
  function: closedObject({ name: NAME, arguments: TEXT }),
});

const MESSAGE = {
  oneOf: [
    closedObject({ role: { const: 'system' }, content: TEXT, 'name?': TEXT }),
    closedObject({ role: { const: 'user' }, content: TEXT, 'name?': TEXT }),
    closedObject({
      role: { const: 'assistant' },
      'content?': { type: ['string', 'null'] },
      'tool_calls?': { type: 'array', items: CALL, minItems: 1 },
    }),
    closedObject({ role: { const: 'tool' }, content: TEXT, tool_call_id: TEXT }),
  ],
};

const TOOL = closedObject({
  type: { const: 'function' },
  function: closedObject({ name: NAME, 'description?': TEXT, 'parameters?': { type: 'object' } }),
});

/** What the reference says of the requests that are sent. */
export const GROQ_REQUESTS: RequestShapes = {
  document: 'https://console.groq.com/docs/api-reference#chat-create',
  asOf: '2026-11-23',
  requests: [
    { method: 'GET', path: /^\/openai\/v1\/models$/ },
    {
      method: 'POST',
      path: /^\/openai\/v1\/chat\/completions$/,
      body: closedObject({
        model: TEXT,
        messages: { type: 'array', items: MESSAGE, minItems: 1 },
        'tools?': { type: 'array', items: TOOL, maxItems: 128 },
        'max_completion_tokens?': { type: 'integer', minimum: 1 },
        'temperature?': { type: 'number', minimum: 0, maximum: 2 },
        'stop?': { type: 'array', items: TEXT, maxItems: 4 },
        'reasoning_effort?': { enum: ['none', 'default', 'low', 'medium', 'high'] },
        'response_format?': closedObject({
          type: { const: 'json_schema' },
          json_schema: closedObject({
            name: NAME,
            'description?': TEXT,
            'schema?': { type: 'object' },
            'strict?': { type: 'boolean' },
          }),
        }),
        'stream?': { type: 'boolean' },
        // Of OpenAI's API; only other servers are sent it.
        'stream_options?': closedObject({ include_usage: { const: true } }),
      }),
    },
  ],
};
