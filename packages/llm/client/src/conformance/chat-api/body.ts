import { closedObject } from '../../wire/index.js';

const TEXT = { type: 'string' };
const TRUE_OR_FALSE = { type: 'boolean' };
const OBJECT = { type: 'object' };
const PENALTY = { type: 'number', minimum: -2, maximum: 2 };

const CALL = closedObject({
  id: TEXT,
  type: { const: 'function' },
  function: closedObject({ name: TEXT, arguments: TEXT }),
});

const TURN = {
  oneOf: [
    closedObject({ role: { const: 'system' }, content: TEXT, 'name?': TEXT }),
    closedObject({ role: { const: 'user' }, content: TEXT, 'name?': TEXT }),
    closedObject({
      role: { const: 'assistant' },
      'content?': { type: ['string', 'null'] },
      'name?': TEXT,
      'tool_calls?': { type: 'array', items: CALL, minItems: 1 },
    }),
    closedObject({ role: { const: 'tool' }, content: TEXT, tool_call_id: TEXT }),
  ],
};

const TOOL = closedObject({
  type: { const: 'function' },
  function: closedObject({
    name: TEXT,
    'description?': TEXT,
    'parameters?': OBJECT,
    'strict?': TRUE_OR_FALSE,
  }),
});

const TOOL_CHOICE = {
  oneOf: [
    { enum: ['none', 'auto', 'required'] },
    closedObject({ type: { const: 'function' }, function: closedObject({ name: TEXT }) }),
  ],
};

const FORMAT = closedObject({
  type: { const: 'json_schema' },
  json_schema: closedObject({ name: TEXT, 'description?': TEXT, schema: OBJECT, 'strict?': TRUE_OR_FALSE }),
});

/**
 * Body of a request for an answer by OpenAI's reference, which other services took over word for word; what providers have
 * no use for is left out, and would be found.
 *
 * @param reasoningEfforts What the service takes as `reasoning_effort`.
 * @param own Members that the service alone documents.
 */
export function chatApiBody(reasoningEfforts: readonly string[], own: Readonly<Record<string, object>> = {}) {
  return closedObject({
    model: TEXT,
    messages: { type: 'array', items: TURN, minItems: 1 },
    'stream?': TRUE_OR_FALSE,
    'stream_options?': closedObject({ include_usage: TRUE_OR_FALSE }),
    'temperature?': { type: 'number', minimum: 0, maximum: 2 },
    'max_completion_tokens?': { type: 'integer', minimum: 1 },
    'stop?': { type: 'array', items: TEXT, maxItems: 4 },
    'top_p?': { type: 'number', minimum: 0, maximum: 1 },
    'seed?': { type: 'integer' },
    'tool_choice?': TOOL_CHOICE,
    'user?': TEXT,
    'frequency_penalty?': PENALTY,
    'presence_penalty?': PENALTY,
    'parallel_tool_calls?': TRUE_OR_FALSE,
    'logit_bias?': OBJECT,
    'logprobs?': TRUE_OR_FALSE,
    'top_logprobs?': { type: 'integer', minimum: 0, maximum: 20 },
    'metadata?': OBJECT,
    'store?': TRUE_OR_FALSE,
    'service_tier?': TEXT,
    'tools?': { type: 'array', items: TOOL, minItems: 1, maxItems: 128 },
    'reasoning_effort?': { enum: reasoningEfforts },
    'response_format?': FORMAT,
    ...own,
  });
}
