import { inspect } from 'node:util';
import { LlmError } from '@drydock/llm';
import { outputSchema } from '@drydock/llm/structured';
import { eventStream, inPieces, jsonAnswer, scriptedFetch, type WireScript } from '@drydock/llm/wire';
import { expect, test } from 'vitest';
import { chunk, completion, EMBEDDINGS, errorBody, MODEL_LIST } from './cases/answers.fixture.js';
import { createMistralProvider } from './provider.js';

const KEY = 'a-key-that-nobody-may-see';
const ASK = { messages: [{ role: 'user', content: 'a prompt that nobody may see' }] } as const;

function play(script: WireScript) {
  const player = scriptedFetch(script);
  const provider = createMistralProvider({ apiKey: KEY, fetch: player.fetch });
  const sent = (index = 0) => JSON.parse(player.exchanges[index]?.request.body ?? '');
  return { player, provider, sent };
}

async function failureOf(call: Promise<unknown>): Promise<LlmError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!LlmError.isInstance(error)) throw new Error(`no LlmError: ${inspect(error)}`);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/nobody may see|may-see/);
  return error;
}

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test('a call sends one request with the key and tells what came back', async () => {
  const { player, provider, sent } = play([jsonAnswer(completion('Hello'))]);
  await expect(
    provider.generate({ ...ASK, system: 'be brief', maxOutputTokens: 9, stop: ['x'] }),
  ).resolves.toEqual({
    text: 'Hello',
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 5, outputTokens: 3, totalTokens: 8, costUsd: expect.closeTo(2.55e-6) },
    provider: 'mistral',
    model: 'mistral-small-2603',
    responseId: 'cmpl-1',
  });
  expect(sent()).toMatchObject({
    model: 'mistral-small-2603',
    messages: [{ role: 'system', content: 'be brief' }, ASK.messages[0]],
    max_tokens: 9,
    stop: ['x'],
  });
  expect(player.exchanges.map(({ request }) => [request.path, request.headers.authorization])).toEqual([
    ['/v1/chat/completions', `Bearer ${KEY}`],
  ]);
});

test('tool calls go back and forth; ids of other providers become ids that the service takes', async () => {
  const toolCalls = [{ id: 'abcDEF123', function: { name: 'add', arguments: '{"a":1}' }, index: 0 }];
  const message = { role: 'assistant', content: '', tool_calls: toolCalls };
  const answer = completion('', { choices: [{ index: 0, message, finish_reason: 'tool_calls' }] });
  const { provider, sent } = play([jsonAnswer(answer)]);
  const call = { id: 'call_of_another', name: 'add', arguments: { a: 0 } };
  const result = await provider.generate({
    messages: [
      ASK.messages[0],
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', toolCallId: call.id, content: '1' },
    ],
    tools: [{ name: 'add', parameters: { type: 'object' } }],
  });
  expect(result).toMatchObject({
    finishReason: 'tool_calls',
    toolCalls: [{ id: 'abcDEF123', name: 'add', arguments: { a: 1 } }],
  });
  const [, asked, told] = sent().messages;
  expect(asked.tool_calls[0]).toMatchObject({
    type: 'function',
    function: { name: 'add', arguments: '{"a":0}' },
  });
  expect(asked.tool_calls[0].id).toMatch(/^[a-zA-Z0-9]{9}$/);
  expect(told.tool_call_id).toBe(asked.tool_calls[0].id);
});

test('a structured answer is held to the schema by the service', async () => {
  const { provider, sent } = play([jsonAnswer(completion('{"sum":3}'))]);
  const schema = outputSchema<{ sum: number }>({
    type: 'object',
    properties: { sum: { type: 'number', minimum: 0 } },
  });
  const { value, dropped } = await provider.generateStructured({ ...ASK, schema });
  expect(value).toEqual({ sum: 3 });
  expect(dropped).toEqual(['/properties/sum/minimum']);
  const { json_schema: sentSchema, type } = sent().response_format;
  expect(type).toBe('json_schema');
  expect(sentSchema).toMatchObject({ name: 'answer', strict: true, schema: { additionalProperties: false } });
});

test('a stream tells texts as they come, then the whole tool call, then the end', async () => {
  const call = { id: 'abcDEF123', function: { name: 'add', arguments: '{"a":1}' }, index: 0 };
  const thinking = { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] };
  const events = [
    chunk(thinking),
    chunk({ content: 'Hel' }),
    chunk({ content: 'lo' }),
    chunk({ tool_calls: [call] }, 'tool_calls'),
  ];
  const { provider, sent } = play([inPieces(eventStream([...events, '[DONE]']), 50)]);
  expect(await collect(provider.stream(ASK))).toEqual([
    { type: 'text', text: 'Hel' },
    { type: 'text', text: 'lo' },
    { type: 'tool_call', toolCall: { id: 'abcDEF123', name: 'add', arguments: { a: 1 } } },
    expect.objectContaining({ type: 'finish', finishReason: 'tool_calls', responseId: 'cmpl-1' }),
  ]);
  expect(sent().stream).toBe(true);
});

test('vectors come in the order of the texts', async () => {
  const { provider, sent } = play([jsonAnswer(EMBEDDINGS)]);
  const { vectors, usage, model } = (await provider.embed?.({ texts: ['a', 'b'] })) ?? {};
  expect(vectors).toEqual([
    [0.1, 0.2],
    [0.3, 0.4],
  ]);
  expect(usage).toMatchObject({ inputTokens: 4, totalTokens: 4 });
  expect(model).toBe('mistral-embed');
  expect(sent()).toEqual({ model: 'mistral-embed', input: ['a', 'b'] });
});

test('the health check lists the models, which costs nothing', async () => {
  const { player, provider } = play(() => jsonAnswer(MODEL_LIST));
  expect(await provider.healthCheck()).toMatchObject({ healthy: true });
  expect(await provider.listModels()).toEqual([{ id: 'mistral-small-2603', contextTokens: 262_144 }]);
  expect(player.exchanges.map(({ request }) => `${request.method} ${request.path}`)).toEqual([
    'GET /v1/models',
    'GET /v1/models',
  ]);
});

test('an answer without usage, at which the SDK throws, is an error of the family', async () => {
  const { provider } = play([jsonAnswer(completion('nobody may see', { usage: undefined }))]);
  expect(await failureOf(provider.generate(ASK))).toMatchObject({ kind: 'invalid_output', code: 'NO_USAGE' });
});

test('a stream without usage is an error, though its text was told', async () => {
  const { provider } = play([
    eventStream([chunk({ content: 'a' }), { ...chunk({}, 'stop'), usage: undefined }, '[DONE]']),
  ]);
  expect(await failureOf(collect(provider.stream(ASK)))).toMatchObject({
    kind: 'invalid_output',
    code: 'NO_USAGE',
  });
});

test.for<[what: string, event: unknown, expected: object]>([
  [
    'an error',
    errorBody('nobody may see', 'rate_limited', '1300'),
    { kind: 'rate_limit', code: '1300', retriable: true },
  ],
  [
    'an error within `error`',
    { error: errorBody('', 'internal') },
    { kind: 'unavailable', code: 'internal' },
  ],
  ['broken JSON', '{"id":', { kind: 'invalid_output', code: 'MALFORMED' }],
  ['no chunk at all', { hello: 'nobody may see' }, { kind: 'truncated', code: 'CUT_OFF' }],
])('%s among the events of a stream comes after what was told', async ([, event, expected]) => {
  const { provider } = play([eventStream([chunk({ content: 'a' }), event])]);
  const told: unknown[] = [];
  const error = await failureOf(
    (async () => {
      for await (const one of provider.stream(ASK)) told.push(one);
    })(),
  );
  expect(told).toEqual([{ type: 'text', text: 'a' }]);
  expect(error).toMatchObject(expected);
});

test('a service without room is not a limit of the caller', async () => {
  const full = errorBody('nobody may see', 'service_tier_capacity_exceeded', '3505');
  const { provider } = play([jsonAnswer(full, { status: 429, headers: { 'retry-after': '2' } })]);
  expect(await failureOf(provider.generate(ASK))).toMatchObject({
    kind: 'unavailable',
    code: '3505',
    status: 429,
    retryAfterMs: 2_000,
    retriable: true,
  });
});

test('a failure is tried once: the SDK has no retries of its own', async () => {
  const { player, provider } = play(() => jsonAnswer(errorBody('', 'internal'), { status: 503 }));
  await failureOf(provider.generate(ASK));
  expect(player.exchanges).toHaveLength(1);
});

test('without a key nothing is sent, also when the environment has one', async () => {
  const player = scriptedFetch([]);
  const provider = createMistralProvider({ fetch: player.fetch });
  expect(await failureOf(provider.generate(ASK))).toMatchObject({ kind: 'auth', code: 'NO_KEY' });
  expect(player.exchanges).toEqual([]);
});

test('whoever looks into the provider finds no key', () => {
  const provider = createMistralProvider({ apiKey: KEY });
  expect(inspect(provider, { depth: 9, showHidden: true })).not.toContain(KEY);
  expect(JSON.stringify(provider)).not.toContain(KEY);
});

// https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/
test('the provider has its name of OpenTelemetry’s registry', () => {
  expect(createMistralProvider({}).telemetryName).toBe('mistral_ai');
});
