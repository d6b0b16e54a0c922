import { closedObject, type RequestShapes } from '@drydock/llm/wire';

const TEXT = { type: 'string' };
const TRUE_OR_FALSE = { type: 'boolean' };
const COUNT = { type: 'integer', minimum: 0 };
const OBJECT = { type: 'object' };

/** Nine letters and digits: what the service's own tokenizer accepts. */
const CALL_ID = { type: 'string', pattern: '^[a-zA-Z0-9]{9}$' };

const CALL = closedObject({
  id: CALL_ID,
  'type?': { const: 'function' },
  'index?': COUNT,
  function: closedObject({ name: TEXT, arguments: TEXT }),
});

const TURN = {
  oneOf: [
    closedObject({ role: { const: 'system' }, content: TEXT }),
    closedObject({ role: { const: 'user' }, content: TEXT }),
    closedObject({
      role: { const: 'assistant' },
      'content?': { type: ['string', 'null'] },
      'tool_calls?': { type: 'array', items: CALL, minItems: 1 },
      'prefix?': TRUE_OR_FALSE,
    }),
    closedObject({ role: { const: 'tool' }, content: TEXT, tool_call_id: CALL_ID, 'name?': TEXT }),
  ],
};

const TOOL = closedObject({
  type: { const: 'function' },
  function: closedObject({ name: TEXT, 'description?': TEXT, parameters: OBJECT, 'strict?': TRUE_OR_FALSE }),
});

const TOOL_CHOICE = {
  oneOf: [
    { enum: ['auto', 'none', 'any', 'required'] },
    closedObject({ 'type?': { const: 'function' }, function: closedObject({ name: TEXT }) }),
  ],
};

const FORMAT = closedObject({
  type: { const: 'json_schema' },
  json_schema: closedObject({ name: TEXT, schema: OBJECT, strict: TRUE_OR_FALSE, 'description?': TEXT }),
});

/** Bodies of the requests that the provider sends; what it has no use for is left out, and would be found. */
export const MISTRAL_REQUESTS: RequestShapes = {
  document: 'the OpenAPI document of the Mistral AI API, https://docs.mistral.ai/openapi.yaml',
  asOf: '2026-11-23',
  requests: [
    {
      method: 'POST',
      path: /^\/v1\/chat\/completions$/,
      body: closedObject({
        model: TEXT,
        messages: { type: 'array', items: TURN, minItems: 1 },
        stream: TRUE_OR_FALSE,
        'temperature?': { type: 'number', minimum: 0, maximum: 1.5 },
        'max_tokens?': COUNT,
        'stop?': { type: 'array', items: TEXT },
        'top_p?': { type: 'number', minimum: 0, maximum: 1 },
        'random_seed?': COUNT,
        'tool_choice?': TOOL_CHOICE,
        'reasoning_effort?': { enum: ['none', 'high', 'low', 'medium'] },
        'safe_prompt?': TRUE_OR_FALSE,
        'frequency_penalty?': { type: 'number', minimum: -2, maximum: 2 },
        'presence_penalty?': { type: 'number', minimum: -2, maximum: 2 },
        'parallel_tool_calls?': TRUE_OR_FALSE,
        'metadata?': OBJECT,
        'prediction?': closedObject({ type: { const: 'content' }, content: TEXT }),
        'prompt_mode?': { const: 'reasoning' },
        'prompt_cache_key?': TEXT,
        'service_tier?': TEXT,
        'guardrails?': { type: 'array', items: OBJECT },
        'tools?': { type: 'array', items: TOOL, minItems: 1 },
        'response_format?': FORMAT,
      }),
    },
    {
      method: 'POST',
      path: /^\/v1\/embeddings$/,
      body: closedObject({
        model: TEXT,
        input: { type: 'array', items: TEXT, minItems: 1 },
        'output_dimension?': { type: 'integer', exclusiveMinimum: 0 },
      }),
    },
    { method: 'GET', path: /^\/v1\/models$/ },
  ],
};
