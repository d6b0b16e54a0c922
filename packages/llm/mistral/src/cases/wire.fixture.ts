import { chatApiWire, type DocumentedError, type WireDialect } from '@drydock/llm/conformance';
import { eventStream } from '@drydock/llm/wire';
import { card, errorBody } from './answers.fixture.js';
import { MISTRAL_REQUESTS } from './request-shapes.fixture.js';

const API = chatApiWire({ model: 'mistral-small-2603', card, wholeToolCalls: true });

/** Mistral's answers, made by hand after its public documents. */
export const MISTRAL_WIRE: WireDialect = {
  document: 'https://docs.mistral.ai/api and https://docs.mistral.ai/resources/error-glossary',
  answer: API.answer,
  stream: API.stream,
  empty: API.empty,
  odd: API.odd,
  models: API.models,
  errors: errors(),
  streamError: {
    kind: 'unavailable',
    retriable: true,
    answer: (message) =>
      eventStream([API.chunks({ texts: ['It'] })[1], errorBody(message, 'internal_server_error', '3000')]),
  },
  blocked: [
    // Mistral has no such reason; other servers of this API do.
    API.ended('content_filter', { name: 'a withheld text', kind: 'content_filtered', retriable: false }),
    API.ended('error', { name: 'an answer that ends with an error', kind: 'unavailable', retriable: true }),
  ],
  embeddings: (vectors) => API.embeddings(vectors, { id: 'embd-1', model: 'mistral-embed' }),
  requests: MISTRAL_REQUESTS,
};

/** https://docs.mistral.ai/resources/error-glossary; codes and types as the service's own messages are quoted. */
function errors(): DocumentedError[] {
  const body = (type: string, code: string | null) => (message: string) => errorBody(message, type, code);
  const refused = { kind: 'bad_request', retriable: false } as const;
  const denied = { kind: 'auth', retriable: false } as const;
  const down = { kind: 'unavailable', retriable: true } as const;
  const invalid = 'invalid_request_error';
  return [
    { status: 400, ...refused, code: '1500', body: body('invalid_model', '1500') },
    { status: 400, ...refused, code: invalid, body: body(invalid, null) },
    { status: 401, ...denied, body: (message) => ({ message, request_id: 'r-1' }) },
    { status: 401, ...denied, body: (detail) => ({ detail }) },
    { status: 402, kind: 'quota', retriable: false, body: body(invalid, null), code: invalid },
    { status: 403, ...denied, code: invalid, body: body(invalid, null) },
    { status: 404, ...refused, code: 'unknown_model', body: body(invalid, 'unknown_model') },
    { status: 413, ...refused, body: undefined },
    {
      status: 422,
      ...refused,
      body: (message) => ({ detail: [{ loc: ['body'], msg: message, type: 'missing' }] }),
    },
    { status: 429, kind: 'rate_limit', retriable: true, code: '1300', body: body('rate_limited', '1300') },
    { status: 429, ...down, code: '3505', body: body('service_tier_capacity_exceeded', '3505') },
    { status: 500, ...down, code: '3000', body: body('internal_server_error', '3000') },
    { status: 502, ...down, body: undefined },
    { status: 503, ...down, body: undefined },
    { status: 504, kind: 'timeout', retriable: true, body: undefined },
    { status: 520, ...down, body: undefined },
  ];
}
