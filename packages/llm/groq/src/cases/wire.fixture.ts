import { chatApiWire, type DocumentedError, type WireDialect } from '@drydock/llm/conformance';
import { eventStream } from '@drydock/llm/wire';
import { GROQ_REQUESTS } from './request-shapes.fixture.js';

const API = chatApiWire({
  model: 'openai/gpt-oss-20b',
  card: (id) => ({
    id,
    object: 'model',
    created: 1_763_900_000,
    owned_by: 'OpenAI',
    active: true,
    context_window: 131_072,
  }),
  answer: { system_fingerprint: 'fp_1', x_groq: { id: 'req_1' } },
  usage: { queue_time: 0.01, prompt_time: 0.01, completion_time: 0.02, total_time: 0.03 },
  streamedUsage: (usage) => ({ x_groq: { id: 'req_1', usage } }),
});

/** Groq's answers, made by hand after its public reference. */
export const GROQ_WIRE: WireDialect = {
  document: 'https://console.groq.com/docs/api-reference and https://console.groq.com/docs/errors',
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
      const error = { message, type: 'internal_server_error', code: 'internal_server_error' };
      return eventStream([API.chunks({ texts: ['It'] })[1], { error }]);
    },
  },
  blocked: [
    // Groq has no such reason; other servers of this API do.
    API.ended('content_filter', { name: 'a withheld text', kind: 'content_filtered', retriable: false }),
  ],
  requests: GROQ_REQUESTS,
};

/** https://console.groq.com/docs/errors; codes and types as the service's own messages are quoted. */
function errors(): DocumentedError[] {
  const body = (type: string, code?: string) => (message: string) => ({
    error: { message, type, ...(code && { code }) },
  });
  const refused = { kind: 'bad_request', retriable: false } as const;
  const down = { kind: 'unavailable', retriable: true } as const;
  const invalid = 'invalid_request_error';
  return [
    { status: 400, ...refused, code: invalid, body: body(invalid) },
    {
      status: 400,
      ...refused,
      code: 'context_length_exceeded',
      body: body(invalid, 'context_length_exceeded'),
    },
    { status: 400, ...refused, code: 'model_decommissioned', body: body(invalid, 'model_decommissioned') },
    {
      status: 400,
      kind: 'invalid_output',
      retriable: true,
      code: 'json_validate_failed',
      body: body(invalid, 'json_validate_failed'),
    },
    {
      status: 400,
      kind: 'invalid_output',
      retriable: true,
      code: 'tool_use_failed',
      body: body(invalid, 'tool_use_failed'),
    },
    {
      status: 400,
      kind: 'quota',
      retriable: false,
      code: 'blocked_api_access',
      body: body(invalid, 'blocked_api_access'),
    },
    {
      status: 401,
      kind: 'auth',
      retriable: false,
      code: 'invalid_api_key',
      body: body(invalid, 'invalid_api_key'),
    },
    {
      status: 403,
      kind: 'auth',
      retriable: false,
      code: 'permissions_error',
      body: body('permissions_error'),
    },
    { status: 404, ...refused, code: 'model_not_found', body: body(invalid, 'model_not_found') },
    { status: 413, ...refused, code: 'request_too_large', body: body(invalid, 'request_too_large') },
    { status: 422, ...refused, code: invalid, body: body(invalid) },
    { status: 424, ...down, code: 'failed_dependency', body: body('failed_dependency') },
    {
      status: 429,
      kind: 'rate_limit',
      retriable: true,
      code: 'rate_limit_exceeded',
      body: body('tokens', 'rate_limit_exceeded'),
    },
    { status: 498, ...down, code: 'capacity_exceeded', body: body('capacity_exceeded') },
    { status: 499, ...down, code: 'request_cancelled', body: body('request_cancelled') },
    { status: 500, ...down, code: 'internal_server_error', body: body('internal_server_error') },
    { status: 502, ...down, body: undefined },
    { status: 503, ...down, code: 'service_unavailable', body: body('service_unavailable') },
  ];
}
