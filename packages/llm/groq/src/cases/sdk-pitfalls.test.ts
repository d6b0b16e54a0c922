import { inspect } from 'node:util';
import { eventStream, jsonAnswer, scriptedFetch, type WireScript } from '@drydock/llm/wire';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { GroqOptions } from '../options.js';
import { createGroqProvider } from '../provider.js';
import { GROQ_WIRE } from './wire.fixture.js';

const KEY = 'key-of-a-test';
const REQUEST = { messages: [{ role: 'user', content: 'a prompt of a test' }] } as const;
const SAMPLE = { texts: ['Yes.'], finishReason: 'stop', usage: { input: 3, output: 1 } } as const;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Groq itself, as far as the provider can tell. */
function before(script: WireScript, options: GroqOptions = {}) {
  const player = scriptedFetch(script, { origin: 'https://api.groq.com' });
  const provider = createGroqProvider({ apiKey: KEY, fetch: player.fetch, ...options });
  const sent = () => JSON.parse(player.exchanges[0]?.request.body ?? '{}') as Record<string, unknown>;
  return { player, provider, sent };
}

async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

describe('the environment', () => {
  test('does not redirect requests', async () => {
    vi.stubEnv('GROQ_BASE_URL', 'https://elsewhere.test');
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(String(input));
      return Response.json({ data: [] });
    };
    await createGroqProvider({ apiKey: KEY, fetch }).listModels();
    expect(urls).toEqual(['https://api.groq.com/openai/v1/models']);
  });

  test('adds no headers, and cannot change the one that authorizes', async () => {
    vi.stubEnv('GROQ_CUSTOM_HEADERS', 'X-Tap: 1\nauthorization: Bearer of-another\nHost: elsewhere.test');
    const { player, provider } = before([GROQ_WIRE.answer(SAMPLE)]);
    await provider.generate(REQUEST);
    const { headers } = player.exchanges[0]?.request ?? { headers: {} };
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}` });
    expect(JSON.stringify(headers)).not.toMatch(/x-tap|of-another|elsewhere/);
  });

  test('gives no key', async () => {
    vi.stubEnv('GROQ_API_KEY', 'key-of-the-environment');
    const { player, provider } = before([], { apiKey: undefined });
    await expect(provider.generate(REQUEST)).rejects.toMatchObject({
      kind: 'auth',
      code: 'NO_KEY',
      message: expect.stringContaining('GROQ_API_KEY'),
    });
    expect(player.exchanges).toEqual([]);
  });

  test('turns no log on', async () => {
    vi.stubEnv('GROQ_LOG', 'debug');
    const logs = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const { provider } = before([GROQ_WIRE.answer(SAMPLE), eventStream(['{"a": '])]);
    await provider.generate(REQUEST);
    await expect(collect(provider.stream(REQUEST))).rejects.toMatchObject({ code: 'MALFORMED' });
    for (const log of logs) expect(log).not.toHaveBeenCalled();
  });
});

describe('the SDK', () => {
  test.each([408, 409, 429, 500, 503])('makes one request when it is told %i', async (status) => {
    const { player, provider } = before([
      { status, headers: { 'x-should-retry': 'true', 'retry-after': '1' } },
    ]);
    await expect(provider.generate(REQUEST)).rejects.toMatchObject({ status });
    expect(player.exchanges).toHaveLength(1);
  });

  test('makes one request when the network fails', async () => {
    const { player, provider } = before([{ ending: 'reset before headers' }]);
    await expect(provider.generate(REQUEST)).rejects.toMatchObject({ code: 'ECONNRESET', retriable: true });
    expect(player.exchanges).toHaveLength(1);
  });

  test('hides no error of the network whose words look like a time-out', async () => {
    const cause = Object.assign(new Error('connect ETIMEDOUT 192.0.2.1:443'), { code: 'ETIMEDOUT' });
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const { provider } = before([], { fetch });
    await expect(provider.generate(REQUEST)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'ETIMEDOUT',
    });
  });

  test('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const { provider } = before([GROQ_WIRE.answer(SAMPLE), GROQ_WIRE.stream(SAMPLE)]);
    const already = timers();
    await provider.generate(REQUEST);
    await collect(provider.stream(REQUEST));
    expect(timers()).toBe(already);
  });

  test('shows no key when the provider is looked at', async () => {
    const { provider } = before([GROQ_WIRE.answer(SAMPLE)]);
    await provider.generate(REQUEST);
    const seen = `${inspect(provider, { depth: 20, showHidden: true })} ${JSON.stringify(provider)}`;
    expect(seen).not.toContain(KEY);
    expect(seen).toContain('groq');
  });
});

describe('Groq', () => {
  test('is not asked for the usage of a stream, which it tells unasked', async () => {
    const { provider, sent } = before([GROQ_WIRE.stream(SAMPLE)]);
    await collect(provider.stream(REQUEST));
    expect(sent()).toMatchObject({ stream: true });
    expect(sent()).not.toHaveProperty('stream_options');
  });

  test('says within the last chunk that it stopped early', async () => {
    const chunk = { id: 'chatcmpl-1', model: 'm', choices: [], x_groq: { error: 'canary: overloaded' } };
    const { provider } = before([eventStream([chunk, '[DONE]'])]);
    const error = await collect(provider.stream(REQUEST)).catch((error: unknown) => error);
    expect(error).toMatchObject({ kind: 'unavailable', retriable: true });
    expect(inspect(error)).not.toContain('canary');
  });

  test('holds answers to a schema that requires every property and allows no other', async () => {
    const { provider, sent } = before([GROQ_WIRE.answer({ ...SAMPLE, texts: ['{"a":"b"}'] })]);
    const jsonSchema = {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'number' } },
      required: ['a'],
    };
    await provider.generateStructured({ ...REQUEST, schema: { name: 'pair', jsonSchema } });
    expect(sent()).toMatchObject({
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'pair',
          strict: true,
          schema: { required: ['a', 'b'], additionalProperties: false },
        },
      },
    });
  });

  test('tells what came from its cache and what was thought, and has a price', async () => {
    const usage = {
      prompt_tokens: 1_000,
      completion_tokens: 500,
      total_tokens: 1_500,
      prompt_tokens_details: { cached_tokens: 400 },
      completion_tokens_details: { reasoning_tokens: 300 },
    };
    const choice = { index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' };
    const { provider } = before([jsonAnswer({ choices: [choice], usage, usage_breakdown: null })], {
      model: 'openai/gpt-oss-120b',
    });
    expect((await provider.generate(REQUEST)).usage).toEqual({
      inputTokens: 1_000,
      outputTokens: 500,
      totalTokens: 1_500,
      cachedInputTokens: 400,
      reasoningTokens: 300,
      costUsd: (1_000 * 0.15 + 500 * 0.6) / 1_000_000,
    });
  });

  test('may be told how long to think', async () => {
    const { provider, sent } = before([GROQ_WIRE.answer(SAMPLE)], { reasoningEffort: 'low' });
    await provider.generate(REQUEST);
    expect(sent()).toMatchObject({ reasoning_effort: 'low' });
  });

  test('may ask for a tool with arguments that are not JSON', async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"canary"' } };
    const choice = {
      index: 0,
      message: { role: 'assistant', tool_calls: [call] },
      finish_reason: 'tool_calls',
    };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    const { provider } = before([jsonAnswer({ choices: [choice], usage })]);
    const error = await provider.generate(REQUEST).catch((error: unknown) => error);
    expect(error).toMatchObject({
      kind: 'invalid_output',
      code: 'TOOL_ARGUMENTS',
      usage: { totalTokens: 2 },
    });
    expect(inspect(error)).not.toContain('canary');
  });
});

describe('another server of the same API', () => {
  const baseURL = 'http://localhost:11434/v1/';

  test('needs no key and gets none', async () => {
    const { player, provider } = before([GROQ_WIRE.answer(SAMPLE)], {
      apiKey: undefined,
      baseURL,
      model: 'llama',
    });
    const { text, usage } = await provider.generate(REQUEST);
    expect(text).toBe('Yes.');
    expect(usage).not.toHaveProperty('costUsd');
    expect(player.exchanges[0]?.request).toMatchObject({ path: '/v1/chat/completions' });
    expect(player.exchanges[0]?.request.headers).not.toHaveProperty('authorization');
  });

  test('is asked for the usage of a stream, which comes after the last choice', async () => {
    const chunk = (choices: object[], more: object = {}) => ({ id: '1', model: 'llama', choices, ...more });
    const { provider, sent } = before(
      [
        eventStream([
          chunk([{ index: 0, delta: { content: 'Yes.' }, finish_reason: null }], { usage: null }),
          chunk([{ index: 0, delta: {}, finish_reason: 'stop' }], { usage: null }),
          chunk([], { usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } }),
          '[DONE]',
        ]),
      ],
      { baseURL, model: 'llama' },
    );
    const events = await collect(provider.stream(REQUEST));
    expect(events.map(({ type }) => type)).toEqual(['text', 'finish']);
    expect(events.at(-1)).toMatchObject({ usage: { totalTokens: 4 }, model: 'llama' });
    expect(sent()).toMatchObject({ stream_options: { include_usage: true } });
  });

  test.each([{}, { index: 0 }, { index: null }])('may not count its calls of tools: %j', async (place) => {
    const call = (id: string, args: string) => ({ ...place, id, function: { name: 'f', arguments: args } });
    const chunk = (...calls: object[]) => ({ choices: [{ index: 0, delta: { tool_calls: calls } }] });
    const end = { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] };
    const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
    const whole = [chunk(call('a', '{"a":1}'), call('b', '{"a":2}')), chunk(call('c', '{"a":3}'))];
    const { provider } = before([eventStream([...whole, { ...end, usage }, '[DONE]'])], { baseURL });
    expect(await collect(provider.stream(REQUEST))).toMatchObject([
      { toolCall: { id: 'a', arguments: { a: 1 } } },
      { toolCall: { id: 'b', arguments: { a: 2 } } },
      { toolCall: { id: 'c', arguments: { a: 3 } } },
      { type: 'finish', finishReason: 'tool_calls' },
    ]);
  });
});

describe('a schema', () => {
  const schema = { jsonSchema: { type: 'object', properties: { a: { type: 'string' } } } };
  const answer = GROQ_WIRE.answer({ ...SAMPLE, texts: ['{"a":"x"}'] });

  test('for a model that the list lacks is sent without the strict mode', async () => {
    const { provider, sent } = before([answer]);
    await provider.generateStructured({ ...REQUEST, schema, model: 'somebody/else' });
    expect(sent().response_format).toMatchObject({
      json_schema: { strict: false, schema: schema.jsonSchema },
    });
  });

  test('with tools is refused before anything is sent, and another provider may take both', async () => {
    const { provider, player } = before([]);
    const tools = [{ name: 'f', parameters: { type: 'object' } }];
    await expect(provider.generateStructured({ ...REQUEST, schema, tools })).rejects.toMatchObject({
      code: 'SCHEMA_WITH_TOOLS',
      scope: 'provider',
    });
    expect(player.exchanges).toEqual([]);
  });
});
