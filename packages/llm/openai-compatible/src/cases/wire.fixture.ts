import { chatApiWire, type DocumentedError, type WireDialect } from '@drydock/llm/conformance';
import { eventStream } from '@drydock/llm/wire';
import { OPENAI_COMPATIBLE_REQUESTS } from './request-shapes.fixture.js';

const API = chatApiWire({
  model: 'gpt-5-mini',
  card: (id) => ({ id, object: 'model', created: 1_763_900_000, owned_by: 'openai' }),
  answer: { service_tier: 'default', system_fingerprint: 'fp_1' },
  usage: {
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  },
});

/** OpenAI's answers, made by hand after its public reference. */
export const OPENAI_COMPATIBLE_WIRE: WireDialect = {
  document:
    'https://platform.openai.com/docs/api-reference/chat and https://platform.openai.com/docs/guides/error-codes',
  answer: API.answer,
  stream: API.stream,
  empty: API.empty,
  odd: API.odd,
  models: API.models,
  errors: errors(),
  streamError: {
    kind: 'unavailable',
    retriable: true,
    answer: (message) => {
      const error = { message, type: 'server_error', param: null, code: null };
      return eventStream([API.chunks({ texts: ['It'] })[1], { error }]);
    },
  },
  blocked: [
    API.ended('content_filter', { name: 'a withheld text', kind: 'content_filtered', retriable: false }),
  ],
  embeddings: (vectors) => API.embeddings(vectors, { model: 'text-embedding-3-small' }),
  requests: OPENAI_COMPATIBLE_REQUESTS,
};

/** https://platform.openai.com/docs/guides/error-codes; codes and types as the service's own messages are quoted. */
function errors(): DocumentedError[] {
  const body = (type: string | null, code: string | null) => (message: string) => ({
    error: { message, type, param: null, code },
  });
  const refused = { kind: 'bad_request', retriable: false } as const;
  const denied = { kind: 'auth', retriable: false } as const;
  const down = { kind: 'unavailable', retriable: true } as const;
  const spent = { kind: 'quota', retriable: false } as const;
  const invalid = 'invalid_request_error';
  const coded = (code: string) => ({ code, body: body(invalid, code) });
  return [
    { status: 400, ...refused, code: invalid, body: body(invalid, null) },
    ...['context_length_exceeded', 'unsupported_parameter', 'unsupported_value', 'invalid_json_schema'].map(
      (code) => ({ status: 400, ...refused, ...coded(code) }),
    ),
    { status: 400, kind: 'content_filtered', retriable: false, ...coded('content_policy_violation') },
    { status: 401, ...denied, ...coded('invalid_api_key') },
    { status: 403, ...denied, ...coded('unsupported_country_region_territory') },
    { status: 404, ...refused, ...coded('model_not_found') },
    { status: 413, ...refused, body: undefined },
    {
      status: 429,
      kind: 'rate_limit',
      retriable: true,
      code: 'rate_limit_exceeded',
      body: body('tokens', 'rate_limit_exceeded'),
    },
    {
      status: 429,
      ...spent,
      code: 'insufficient_quota',
      body: body('insufficient_quota', 'insufficient_quota'),
    },
    { status: 429, ...spent, ...coded('billing_hard_limit_reached') },
    { status: 500, ...down, code: 'server_error', body: body('server_error', null) },
    { status: 502, ...down, body: undefined },
    // llama.cpp while it loads its model.
    {
      status: 503,
      ...down,
      code: 'unavailable_error',
      body: (message) => ({ error: { code: 503, message, type: 'unavailable_error' } }),
    },
    // OpenRouter, whose code is the status.
    { status: 402, ...spent, code: '402', body: (message) => ({ error: { code: 402, message } }) },
  ];
}
