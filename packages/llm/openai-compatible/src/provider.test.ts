import { outputSchema } from '@drydock/llm/structured';
import { eventStream, jsonAnswer, scriptedFetch, type WireAnswer } from '@drydock/llm/wire';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { OpenAICompatibleOptions } from './options.js';
import { createOpenAICompatibleProvider } from './provider.js';

const ASK = { messages: [{ role: 'user', content: 'a prompt of a test' }] } as const;
const USAGE = { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 };
const completion = (content: string) =>
  jsonAnswer({
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: USAGE,
  });

function before(answers: WireAnswer[], options: Partial<OpenAICompatibleOptions> = {}) {
  const player = scriptedFetch(answers);
  const provider = createOpenAICompatibleProvider({
    baseURL: `${player.origin}/v1`,
    fetch: player.fetch,
    ...options,
  });
  const sent = () => JSON.parse(player.exchanges[0]?.request.body ?? '{}');
  return { player, provider, sent };
}

async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

afterEach(() => vi.unstubAllEnvs());

describe('another server', () => {
  test('gets its limit in the older word, the whole schema, and no key of the environment', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'key-of-the-environment');
    vi.stubEnv('OPENAI_BASE_URL', 'http://elsewhere.test/v1');
    const { player, provider, sent } = before([completion('{"colours":["red"]}')]);
    const schema = outputSchema(z.object({ colours: z.array(z.string()).max(2).optional() }));
    const { value, dropped } = await provider.generateStructured({ ...ASK, schema, maxOutputTokens: 9 });
    expect([value, dropped]).toEqual([{ colours: ['red'] }, []]);
    expect(sent()).toMatchObject({ max_tokens: 9, response_format: { json_schema: { strict: false } } });
    expect(sent().response_format.json_schema.schema.properties.colours.maxItems).toBe(2);
    expect(player.exchanges[0]?.request.path).toBe('/v1/chat/completions');
    expect(JSON.stringify(player.exchanges)).not.toContain('key-of-the-environment');
  });

  test('can take what the dialect says', async () => {
    const dialect = { limit: 'max_completion_tokens', streamOptions: false } as const;
    const finish = { choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }], usage: USAGE };
    const { provider, sent } = before([eventStream([finish, '[DONE]'])], { dialect });
    await collect(provider.stream({ ...ASK, maxOutputTokens: 9 }));
    expect(sent()).toMatchObject({ max_completion_tokens: 9 });
    expect(sent()).not.toHaveProperty('stream_options');
  });

  test('has a name of its own in results, errors and options, where one was given', async () => {
    const { provider, sent } = before([completion('a'), { status: 500 }], { name: 'ollama' });
    const providerOptions = { ollama: { keep_alive: '5m' }, 'openai-compatible': { user: 'u' } };
    expect((await provider.generate({ ...ASK, providerOptions })).provider).toBe('ollama');
    expect(sent()).toMatchObject({ keep_alive: '5m' });
    expect(sent()).not.toHaveProperty('user');
    await expect(provider.generate(ASK)).rejects.toMatchObject({ provider: 'ollama', kind: 'unavailable' });
  });

  test('gets the headers of a gateway, which may carry the key in its own way', async () => {
    const headers = { 'X-Title': 'tests', Authorization: 'Basic abc' };
    const { player, provider } = before([completion('a')], { apiKey: 'k', headers });
    await provider.generate(ASK);
    expect(player.exchanges[0]?.request.headers).toMatchObject({
      'x-title': 'tests',
      authorization: 'Basic abc',
      'content-type': 'application/json',
    });
  });

  test('makes vectors with its one model', async () => {
    const data = [{ index: 0, embedding: [1] }];
    const { provider, sent } = before([jsonAnswer({ data, usage: { prompt_tokens: 1, total_tokens: 1 } })], {
      model: 'local',
    });
    await provider.embed?.({ texts: ['a'], dimensions: 1 });
    expect(sent()).toEqual({ model: 'local', input: ['a'], dimensions: 1 });
  });

  test.each([
    [
      { code: 429, message: 'slow down' },
      { kind: 'rate_limit', retriable: true },
    ],
    [
      {
        code: 400,
        message: 'request (9 tokens) exceeds the available context size',
        type: 'exceed_context_size_error',
      },
      { kind: 'bad_request', scope: 'provider' },
    ],
    ['no room', { kind: 'unavailable', retriable: true }],
  ])('that ends a stream with the error %j is understood', async (error, expected) => {
    const { provider } = before([eventStream([{ error }])]);
    await expect(collect(provider.stream(ASK))).rejects.toMatchObject(expected);
  });

  test.each([
    ['llama.cpp', { meta: { n_ctx: 2_048 } }],
    ['vLLM', { max_model_len: 2_048 }],
    ['OpenRouter', { context_length: 2_048 }],
  ])('says how long its context is as %s does', async (_, more) => {
    const { provider } = before([jsonAnswer({ data: [{ id: 'm', ...more }] })]);
    expect(await provider.listModels()).toEqual([{ id: 'm', contextTokens: 2_048 }]);
  });
});

describe('OpenAI itself', () => {
  test('whose model refuses has no empty answer', async () => {
    const refusal = { content: null, refusal: 'No canary.' };
    const end = { choices: [{ delta: {}, finish_reason: 'stop' }], usage: USAGE };
    const { provider } = before([
      jsonAnswer({ choices: [{ message: refusal, finish_reason: 'stop' }], usage: USAGE }),
      eventStream([{ choices: [{ delta: refusal }] }, end, '[DONE]']),
    ]);
    for (const call of [provider.generate(ASK), collect(provider.stream(ASK))]) {
      const error = await call.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ kind: 'content_filtered', code: 'REFUSAL', retriable: false });
      expect(String(error)).not.toContain('canary');
    }
  });

  test('is not asked without a key', async () => {
    const { provider, player } = before([], { baseURL: undefined });
    await expect(provider.generate(ASK)).rejects.toMatchObject({ kind: 'auth', code: 'NO_KEY' });
    await expect(provider.healthCheck()).resolves.toMatchObject({ healthy: false });
    expect(player.exchanges).toEqual([]);
  });

  test('gets what its strict mode takes, and the prices of its list hold', async () => {
    const player = scriptedFetch([completion('{"count":3}')]);
    const provider = createOpenAICompatibleProvider({
      apiKey: 'k',
      fetch: (url, init) => player.fetch(String(url).replace('https://api.openai.com', player.origin), init),
    });
    const schema = outputSchema(z.object({ count: z.number().min(1), name: z.string().max(9).optional() }));
    const { dropped, usage } = await provider.generateStructured({ ...ASK, schema, maxOutputTokens: 9 });
    expect(dropped).toEqual(['/properties/name/maxLength']);
    const body = JSON.parse(player.exchanges[0]?.request.body ?? '');
    expect(body).toMatchObject({
      max_completion_tokens: 9,
      response_format: { json_schema: { strict: true } },
    });
    expect(body.response_format.json_schema.schema.properties.count.minimum).toBe(1);
    // The answer names a model that the list lacks.
    expect(usage.costUsd).toBeUndefined();
  });
});
