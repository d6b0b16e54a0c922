import type { DocumentedError, SampleAnswer, WireDialect } from '@drydock/llm/conformance';
import { eventStream, jsonAnswer } from '@drydock/llm/wire';
import { chunk, completion, errorBody } from './answers.fixture.js';
import { MISTRAL_REQUESTS } from './request-shapes.fixture.js';

/** Mistral's answers, made by hand after its public documents. */
export const MISTRAL_WIRE: WireDialect = {
  document: 'https://docs.mistral.ai/api and https://docs.mistral.ai/resources/error-glossary',
  answer: (sample) => jsonAnswer(answerOf(sample)),
  stream: (sample) => eventStream([...chunksOf(sample), '[DONE]']),
  empty: jsonAnswer(completion('', { choices: [] })),
  models: (ids) => jsonAnswer({ object: 'list', data: ids.map(cardOf) }),
  errors: errors(),
  streamError: {
    kind: 'unavailable',
    retriable: true,
    answer: (message) =>
      eventStream([chunk({ content: 'It' }), errorBody(message, 'internal_server_error', '3000')]),
  },
  blocked: [
    {
      // Mistral has no such reason; other servers of this API do.
      name: 'a withheld text',
      kind: 'content_filtered',
      retriable: false,
      answer: jsonAnswer(answerOf({ texts: [''], usage: { input: 1, output: 0 } }, 'content_filter')),
    },
    {
      name: 'an answer that ends with an error',
      kind: 'unavailable',
      retriable: true,
      answer: jsonAnswer(answerOf({ texts: ['It'], usage: { input: 1, output: 1 } }, 'error')),
    },
  ],
  embeddings: (vectors) =>
    jsonAnswer({
      id: 'embd-1',
      object: 'list',
      model: 'mistral-embed',
      data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
      usage: usageOf({ input: 4, output: 0 }),
    }),
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

function answerOf(sample: SampleAnswer, finishReason = reasonOf(sample)): object {
  const { texts = [], toolCalls = [], usage } = sample;
  return completion('', {
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: texts.join(''),
          ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toCall) }),
        },
        ...(finishReason !== undefined && { finish_reason: finishReason }),
      },
    ],
    usage: usage && usageOf(usage),
  });
}

function chunksOf(sample: SampleAnswer): object[] {
  const { texts = [], toolCalls = [], usage } = sample;
  const last = { content: '', ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toCall) }) };
  return [
    chunk({ role: 'assistant', content: '' }),
    ...texts.map((content) => chunk({ content })),
    { ...chunk(last, reasonOf(sample) ?? null), usage: usage && usageOf(usage) },
  ];
}

function reasonOf({ finishReason, unknownFinish }: SampleAnswer): string | undefined {
  return unknownFinish ? 'moonlight' : finishReason;
}

function toCall(
  { id, name, arguments: args }: NonNullable<SampleAnswer['toolCalls']>[number],
  index: number,
) {
  return { id, index, type: 'function', function: { name, arguments: JSON.stringify(args) } };
}

function usageOf({ input, output }: { input: number; output: number }) {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function cardOf(id: string): object {
  return {
    id,
    object: 'model',
    created: 1_763_900_000,
    owned_by: 'mistralai',
    capabilities: { completion_chat: true },
    max_context_length: 262_144,
    type: 'base',
  };
}
