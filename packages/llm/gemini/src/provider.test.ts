import { inspect } from 'node:util';
import type { GenerateRequest, LlmError, StreamEvent } from '@drydock/llm';
import { outputSchema, streamStructured } from '@drydock/llm/structured';
import { eventStream, jsonAnswer, scriptedFetch, type WireScript } from '@drydock/llm/wire';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import {
  candidate,
  detail,
  errorAnswer,
  errorBody,
  textAnswer,
  textStream,
  USAGE_METADATA,
} from './cases/answers.fixture.js';
import { createGeminiProvider } from './provider.js';

const KEY = 'canary-key-4d1f';
const PROMPT = 'canary-prompt-77c1';
const COMPLETION = 'canary-completion-9f2';
const request: GenerateRequest = { messages: [{ role: 'user', content: PROMPT }] };

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  process.removeListener('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

function play(script: WireScript) {
  const player = scriptedFetch(script);
  const provider = createGeminiProvider({ apiKey: KEY, baseURL: player.origin, fetch: player.fetch });
  return { player, provider };
}

async function all(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const seen: StreamEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** What a call rejects with, once it is known to tell no secret. */
async function failureOf(promise: Promise<unknown>): Promise<LlmError> {
  const error = await promise.then(
    () => expect.unreachable('it succeeded'),
    (caught: unknown) => caught,
  );
  const told = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
  expect(told).not.toMatch(/canary/);
  return error as LlmError;
}

describe('generate', () => {
  test('gives the text without the thoughts, and what both used', async () => {
    const parts = [{ text: 'hm', thought: true }, { text: 'Hel' }, { text: 'lo' }];
    const { provider } = play([jsonAnswer({ ...textAnswer(''), candidates: [candidate(parts, 'STOP')] })]);
    expect(await provider.generate(request)).toEqual({
      text: 'Hello',
      toolCalls: [],
      finishReason: 'stop',
      usage: {
        inputTokens: 10,
        cachedInputTokens: 4,
        outputTokens: 12,
        reasoningTokens: 7,
        totalTokens: 22,
        costUsd: expect.closeTo((6 * 0.75 + 4 * 0.075 + 12 * 3.75) / 1e6, 12),
      },
      provider: 'gemini',
      model: 'gemini-3.8-flash-001',
      responseId: 'r-1',
    });
  });

  test('tells of the tools that the model asks for', async () => {
    const call = {
      functionCall: { id: 'a', name: 'clock', args: { zone: 'UTC' } },
      thoughtSignature: 'c2ln',
    };
    const { provider } = play([jsonAnswer({ ...textAnswer(''), candidates: [candidate([call], 'STOP')] })]);
    expect(await provider.generate(request)).toMatchObject({
      finishReason: 'tool_calls',
      toolCalls: [{ id: 'a#thought=c2ln', name: 'clock', arguments: { zone: 'UTC' } }],
    });
  });

  test('asks the model that the request names', async () => {
    const { provider, player } = play([jsonAnswer(textAnswer('x'))]);
    await provider.generate({ ...request, model: 'gemini-3.5-flash' });
    expect(player.exchanges[0]?.request.path).toBe('/v1beta/models/gemini-3.5-flash:generateContent');
  });

  test.each([
    ['SAFETY', 'content_filtered', false],
    ['RECITATION', 'content_filtered', false],
    ['PROHIBITED_CONTENT', 'content_filtered', false],
    ['SPII', 'content_filtered', false],
    ['MALFORMED_FUNCTION_CALL', 'invalid_output', true],
    ['IMAGE_SAFETY', 'content_filtered', false],
    ['IMAGE_RECITATION', 'content_filtered', false],
  ])('an answer that ended for %s is %s', async (reason, kind, retriable) => {
    const { provider } = play([jsonAnswer(textAnswer(COMPLETION, reason)), textStream([COMPLETION])]);
    const error = await failureOf(provider.generate(request));
    expect(error).toMatchObject({ kind, code: reason, retriable, usage: { totalTokens: 22 } });
  });

  test.each(['OTHER', 'SOMETHING_NEW', 'ESCALATION', 'IMAGE_OTHER'])(
    'an answer with a text that ended for %s is one',
    async (reason) => {
      const { provider } = play([
        jsonAnswer(textAnswer(COMPLETION, reason)),
        jsonAnswer(textAnswer('', reason)),
      ]);
      expect(await provider.generate(request)).toMatchObject({
        text: COMPLETION,
        finishReason: 'other',
        rawFinishReason: reason,
      });
      expect(await failureOf(provider.generate(request))).toMatchObject({
        kind: 'invalid_output',
        code: reason,
      });
    },
  );

  test('a prompt that was refused is told from an empty answer', async () => {
    const refused = { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: USAGE_METADATA };
    const { provider } = play([
      jsonAnswer(refused),
      jsonAnswer({ usageMetadata: USAGE_METADATA, candidates: [] }),
    ]);
    expect(await failureOf(provider.generate(request))).toMatchObject({
      kind: 'content_filtered',
      code: 'PROHIBITED_CONTENT',
      usage: { totalTokens: 22 },
    });
    expect(await failureOf(provider.generate(request))).toMatchObject({
      kind: 'invalid_output',
      code: 'NO_CANDIDATE',
      usage: { totalTokens: 22 },
    });
  });
});

describe('errors of the service', () => {
  const perDay = detail('QuotaFailure', {
    violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel' }],
  });
  const perMinute = detail('QuotaFailure', {
    violations: [{ quotaId: 'GenerateRequestsPerMinutePerProject' }],
  });
  const retryInfo = detail('RetryInfo', { retryDelay: '34.07s' });
  const invalidKey = detail('ErrorInfo', { reason: 'API_KEY_INVALID', metadata: { key: KEY } });

  test.each([
    [errorAnswer(400, 'INVALID_ARGUMENT'), { kind: 'bad_request', status: 400, code: 'INVALID_ARGUMENT' }],
    [errorAnswer(400, 'INVALID_ARGUMENT', invalidKey), { kind: 'auth', code: 'API_KEY_INVALID' }],
    [errorAnswer(400, 'FAILED_PRECONDITION'), { kind: 'auth', code: 'FAILED_PRECONDITION' }],
    [errorAnswer(401, 'UNAUTHENTICATED'), { kind: 'auth', retriable: false }],
    [errorAnswer(403, 'PERMISSION_DENIED'), { kind: 'auth', retriable: false }],
    [errorAnswer(404, 'NOT_FOUND'), { kind: 'bad_request', retriable: false }],
    [
      errorAnswer(429, 'RESOURCE_EXHAUSTED', perMinute, retryInfo),
      { kind: 'rate_limit', retriable: true, retryAfterMs: 34_070 },
    ],
    [errorAnswer(429, 'RESOURCE_EXHAUSTED', perDay, retryInfo), { kind: 'quota', retriable: false }],
    [errorAnswer(429, 'RESOURCE_EXHAUSTED'), { kind: 'rate_limit', retriable: true }],
    [errorAnswer(500, 'INTERNAL'), { kind: 'unavailable', retriable: true }],
    [errorAnswer(503, 'UNAVAILABLE'), { kind: 'unavailable', retriable: true }],
    [errorAnswer(504, 'DEADLINE_EXCEEDED'), { kind: 'timeout', retriable: true }],
  ])('%# are told apart', async (answer, expected) => {
    const { provider } = play([answer]);
    expect(await failureOf(provider.generate(request))).toMatchObject({
      provider: 'gemini',
      model: 'gemini-3.8-flash',
      ...expected,
    });
  });

  test('a service that echoes prompt and key does not get them told', async () => {
    const message = `${KEY} ${PROMPT}`;
    const echoing = jsonAnswer(errorBody(400, KEY, [detail('ErrorInfo', { reason: KEY })], message), {
      status: 400,
    });
    expect(await failureOf(play([echoing]).provider.generate(request))).toMatchObject({
      kind: 'bad_request',
    });
  });
});

describe('stream', () => {
  test('gives texts as they come, then the end', async () => {
    const { provider } = play([textStream(['Hel', 'lo'])]);
    expect(await all(provider.stream(request))).toMatchObject([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
      { type: 'finish', finishReason: 'stop', usage: { totalTokens: 22 }, responseId: 'r-1' },
    ]);
  });

  test('an error event in a stream that had begun well is an error, not an empty text', async () => {
    const details = [detail('RetryInfo', { retryDelay: '2s' })];
    const { provider } = play([
      eventStream([textAnswer(COMPLETION, ''), errorBody(503, 'UNAVAILABLE', details)]),
    ]);
    expect(await failureOf(all(provider.stream(request)))).toMatchObject({
      kind: 'unavailable',
      status: 503,
      code: 'UNAVAILABLE',
      retriable: true,
      retryAfterMs: 2_000,
    });
  });

  test('a stream that ends without a finish reason is truncated', async () => {
    const { provider } = play([eventStream([{ candidates: [candidate([{ text: COMPLETION }])] }])]);
    expect(await failureOf(all(provider.stream(request)))).toMatchObject({
      kind: 'truncated',
      code: 'CUT_OFF',
    });
  });

  test('a call of a tool in an earlier event counts when the last one comes', async () => {
    const call = { candidates: [candidate([{ functionCall: { name: 'clock' } }])] };
    const { provider } = play([eventStream([call, textAnswer('')])]);
    expect(await all(provider.stream(request))).toMatchObject([
      { type: 'tool_call', toolCall: { id: 'clock-0', name: 'clock', arguments: {} } },
      { type: 'finish', finishReason: 'tool_calls' },
    ]);
  });

  test('whoever stops listening ends the request', async () => {
    const { provider, player } = play([textStream(['Hel', 'lo'], { ending: 'stall' })]);
    for await (const _ of provider.stream(request)) break;
    expect(await player.exchanges[0]?.ended).toBe('given up');
  });

  test('an abort in mid-stream is told once, and ends the request', async () => {
    const { provider, player } = play([eventStream([textAnswer(COMPLETION, '')], { ending: 'stall' })]);
    const controller = new AbortController();
    const events = provider.stream(request, { signal: controller.signal })[Symbol.asyncIterator]();
    expect(await events.next()).toMatchObject({ value: { type: 'text' } });
    controller.abort();
    expect(await failureOf(events.next())).toMatchObject({ kind: 'aborted' });
    expect(await player.exchanges[0]?.ended).toBe('given up');
  });

  test('holds the model to a schema that comes with the request', async () => {
    const { provider, player } = play([textStream(['{"count"', ':3}'])]);
    const schema = outputSchema(z.object({ count: z.number() }));
    const events = [];
    for await (const event of streamStructured(provider, { ...request, schema })) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'finish', value: { count: 3 } });
    const sent = JSON.parse(player.exchanges[0]?.request.body ?? '');
    expect(sent.generationConfig.responseJsonSchema.properties).toEqual({ count: { type: 'number' } });
  });
});

describe('generateStructured', () => {
  const schema = outputSchema(z.object({ word: z.string().min(2), count: z.literal(3) }));

  test('holds the model to the schema in the service’s own dialect', async () => {
    const { provider, player } = play([jsonAnswer(textAnswer('{"word":"ab","count":3}'))]);
    const result = await provider.generateStructured({ ...request, schema });
    expect(result).toMatchObject({
      value: { word: 'ab', count: 3 },
      dropped: ['/properties/word/minLength'],
    });
    expect(JSON.parse(player.exchanges[0]?.request.body ?? '').generationConfig).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: {
        type: 'object',
        properties: { word: { type: 'string' }, count: { type: 'number', enum: [3] } },
        required: ['word', 'count'],
      },
    });
  });

  test('what the service let pass is refused here', async () => {
    const { provider } = play([jsonAnswer(textAnswer('{"word":"a","count":3}'))]);
    const error = await failureOf(provider.generateStructured({ ...request, schema }));
    expect(error).toMatchObject({
      kind: 'invalid_output',
      code: 'SCHEMA_MISMATCH',
      usage: { totalTokens: 22 },
    });
  });

  test('a schema that cannot be sent is refused before anything is', async () => {
    const { provider, player } = play([]);
    const broken = { jsonSchema: { $ref: '#/$defs/none' } };
    const error = await failureOf(provider.generateStructured({ ...request, schema: broken }));
    expect(error).toMatchObject({ kind: 'bad_request', code: 'SCHEMA' });
    expect(player.exchanges).toHaveLength(0);
  });
});

describe('what else the service offers', () => {
  test('vectors, with an estimate of what they used where the service does not tell', async () => {
    const { provider, player } = play([jsonAnswer({ embeddings: [{ values: [1, 2] }, { values: [3, 4] }] })]);
    const result = await provider.embed?.({ texts: ['abcdefgh', 'abc'], dimensions: 2 });
    expect(result).toEqual({
      vectors: [
        [1, 2],
        [3, 4],
      ],
      usage: { inputTokens: 3, outputTokens: 0, totalTokens: 3, costUsd: expect.closeTo(0.45e-6, 12) },
      provider: 'gemini',
      model: 'gemini-embedding-001',
    });
    expect(JSON.parse(player.exchanges[0]?.request.body ?? '').requests[1]).toEqual({
      model: 'models/gemini-embedding-001',
      content: { parts: [{ text: 'abc' }] },
      outputDimensionality: 2,
    });
  });

  test('fewer vectors than texts are malformed', async () => {
    const { provider } = play([jsonAnswer({ embeddings: [{ values: [1] }] })]);
    expect(await failureOf(provider.embed?.({ texts: ['a', 'b'] }) as Promise<unknown>)).toMatchObject({
      kind: 'invalid_output',
    });
  });

  test('the number of a prompt’s tokens', async () => {
    const { provider, player } = play([jsonAnswer({ totalTokens: 31 })]);
    expect(await provider.countTokens?.(request)).toBe(31);
    expect(JSON.parse(player.exchanges[0]?.request.body ?? '').generateContentRequest).toMatchObject({
      model: 'models/gemini-3.8-flash',
      contents: [{ role: 'user', parts: [{ text: PROMPT }] }],
    });
  });

  test('the list of models, by a plain GET whose URL holds no key', async () => {
    const models = [
      { name: 'models/gemini-3.8-flash', inputTokenLimit: 100, outputTokenLimit: 10 },
      { name: 'models/x' },
    ];
    const { provider, player } = play([jsonAnswer({ models }), jsonAnswer({ models })]);
    expect(await provider.listModels()).toEqual([
      { id: 'gemini-3.8-flash', contextTokens: 110 },
      { id: 'x' },
    ]);
    expect(await provider.healthCheck()).toEqual({ healthy: true, latencyMs: expect.any(Number) });
    const sizes = [1_000, 1];
    for (const [index, { request: sent }] of player.exchanges.entries()) {
      const path = `/v1beta/models?pageSize=${sizes[index]}`;
      expect(sent).toMatchObject({ method: 'GET', path, body: '' });
      expect(sent.headers['x-goog-api-key']).toBe(KEY);
    }
  });

  test('why it is not healthy, without the key', async () => {
    const { provider } = play([
      errorAnswer(400, 'INVALID_ARGUMENT', detail('ErrorInfo', { reason: 'API_KEY_INVALID' })),
    ]);
    const { healthy, reason } = await provider.healthCheck();
    expect({ healthy, reason }).toEqual({
      healthy: false,
      reason: 'gemini: the key is not valid; check it (400 API_KEY_INVALID)',
    });
  });
});

describe('deadlines', () => {
  test('a signal that has fired sends nothing, though the SDK would', async () => {
    const { provider, player } = play([]);
    const options = { signal: AbortSignal.abort() };
    for (const call of [
      provider.generate(request, options),
      all(provider.stream(request, options)),
      provider.embed?.({ texts: ['a'] }, options),
      provider.listModels(options),
    ]) {
      expect(await failureOf(call as Promise<unknown>)).toMatchObject({ kind: 'aborted' });
    }
    expect(player.exchanges).toHaveLength(0);
  });
});

test('without a key nothing is sent', async () => {
  const fetch = vi.fn();
  const provider = createGeminiProvider({ fetch });
  for (const call of [provider.generate(request), all(provider.stream(request)), provider.listModels()])
    expect(await failureOf(call)).toMatchObject({ kind: 'auth', code: 'NO_KEY' });
  expect((await provider.healthCheck()).reason).toContain('GOOGLE_API_KEY');
  expect(fetch).not.toHaveBeenCalled();
});

test('nothing that is printed of a provider shows its key', () => {
  const { provider } = play([]);
  expect(inspect(provider, { depth: 9, showHidden: true }) + JSON.stringify(provider)).not.toContain(KEY);
});

// https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/
test('the provider has its name of OpenTelemetry’s registry', () => {
  expect(createGeminiProvider({}).telemetryName).toBe('gcp.gemini');
});
