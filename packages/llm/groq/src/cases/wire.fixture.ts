import type { DocumentedError, SampleAnswer, WireDialect } from '@drydock/llm/conformance';
import { eventStream, jsonAnswer } from '@drydock/llm/wire';
import { GROQ_REQUESTS } from './request-shapes.fixture.js';

const HEAD = { id: 'chatcmpl-1', created: 1_763_900_000, model: 'openai/gpt-oss-20b' };

/** Groq's answers, made by hand after its public reference. */
export const GROQ_WIRE: WireDialect = {
  document: 'https://console.groq.com/docs/api-reference and https://console.groq.com/docs/errors',
  answer: (sample) => jsonAnswer(completion(sample)),
  stream: (sample) => eventStream([...chunks(sample), '[DONE]']),
  empty: jsonAnswer({
    ...HEAD,
    object: 'chat.completion',
    choices: [],
    usage: usageOf({ input: 1, output: 0 }),
  }),
  models: (ids) =>
    jsonAnswer({
      object: 'list',
      data: ids.map((id) => ({
        id,
        object: 'model',
        created: 1_763_900_000,
        owned_by: 'OpenAI',
        active: true,
        context_window: 131_072,
      })),
    }),
  errors: errors(),
  streamError: {
    kind: 'unavailable',
    retriable: true,
    answer: (message) => {
      const [first] = chunks({ texts: ['It'] });
      return eventStream([
        first,
        { error: { message, type: 'internal_server_error', code: 'internal_server_error' } },
      ]);
    },
  },
  blocked: [
    {
      // Groq has no such reason; other servers of this API do.
      name: 'a withheld text',
      kind: 'content_filtered',
      retriable: false,
      answer: jsonAnswer({
        ...completion({ texts: [''], usage: { input: 1, output: 0 } }),
        choices: [{ index: 0, message: { role: 'assistant', content: '' }, finish_reason: 'content_filter' }],
      }),
    },
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

function completion({ texts = [], toolCalls = [], finishReason, usage, unknownFinish }: SampleAnswer) {
  return {
    ...HEAD,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          ...(texts.length > 0 && { content: texts.join('') }),
          ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toCall) }),
        },
        logprobs: null,
        ...(unknownFinish ? { finish_reason: 'moonlight' } : finishReason && { finish_reason: finishReason }),
      },
    ],
    ...(usage && { usage: usageOf(usage) }),
    system_fingerprint: 'fp_1',
    x_groq: { id: 'req_1' },
  };
}

function chunks({ texts = [], toolCalls = [], finishReason, usage, unknownFinish }: SampleAnswer): object[] {
  const chunk = (delta: object, more: object = {}, xGroq?: object) => ({
    ...HEAD,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...more }],
    ...(xGroq && { x_groq: xGroq }),
  });
  const calls = toolCalls
    .map(toCall)
    .flatMap(({ id, type, function: { name, arguments: args } }, index) => [
      chunk({ tool_calls: [{ index, id, type, function: { name, arguments: args.slice(0, 3) } }] }),
      chunk({ tool_calls: [{ index, function: { arguments: args.slice(3) } }] }),
    ]);
  const reason = unknownFinish ? 'moonlight' : finishReason;
  return [
    chunk({ role: 'assistant', content: '' }, {}, { id: 'req_1' }),
    ...texts.map((content) => chunk({ content })),
    ...calls,
    ...(reason || usage
      ? [
          chunk({}, reason ? { finish_reason: reason } : {}, {
            id: 'req_1',
            ...(usage && { usage: usageOf(usage) }),
          }),
        ]
      : []),
  ];
}

function toCall({ id, name, arguments: args }: NonNullable<SampleAnswer['toolCalls']>[number]) {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(args) } };
}

function usageOf({ input, output }: { input: number; output: number }) {
  return {
    queue_time: 0.01,
    prompt_tokens: input,
    prompt_time: 0.01,
    completion_tokens: output,
    completion_time: 0.02,
    total_tokens: input + output,
    total_time: 0.03,
  };
}
