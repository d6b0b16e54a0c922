import { eventStream, jsonAnswer, scriptedFetch, type WireScript } from '@drydock/llm/wire';
import { Mistral } from '@mistralai/mistralai';
import { HTTPClient } from '@mistralai/mistralai/lib/http.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MistralOptions } from '../options.js';
import { createMistralProvider } from '../provider.js';
import { chunk, completion } from './answers.fixture.js';

const KEY = 'key-of-a-test';
const REQUEST = { messages: [{ role: 'user', content: 'a prompt of a test' }] } as const;
const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'group'] as const;

let logged: unknown[] = [];

beforeEach(() => {
  logged = [];
  for (const name of CONSOLE)
    vi.spyOn(console, name).mockImplementation((...said: unknown[]) => void logged.push(...said));
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function before(script: WireScript, options: MistralOptions = {}) {
  const player = scriptedFetch(script);
  return { player, provider: createMistralProvider({ apiKey: KEY, fetch: player.fetch, ...options }) };
}

/** The SDK as it comes. */
function bare(script: WireScript) {
  return new Mistral({ apiKey: KEY, httpClient: new HTTPClient({ fetcher: scriptedFetch(script).fetch }) });
}

async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

test('MISTRAL_DEBUG prints no key, which it does without us', async () => {
  vi.stubEnv('MISTRAL_DEBUG', '1');
  const { provider } = before([
    jsonAnswer(completion('a')),
    eventStream([chunk({ content: 'a' }, 'stop'), '[DONE]']),
  ]);
  await provider.generate(REQUEST);
  await collect(provider.stream(REQUEST));
  expect(logged).toEqual([]);
  await bare([jsonAnswer(completion('a'))]).chat.complete({ model: 'm', messages: [...REQUEST.messages] });
  expect(logged.join('\n')).toContain(KEY);
});

test('MISTRAL_SDK_TELEMETRY is not even read, which would send prompts elsewhere', async () => {
  vi.stubEnv('MISTRAL_SDK_TELEMETRY', 'no such mode');
  const ask = { model: 'm', messages: [...REQUEST.messages] };
  await expect(bare([jsonAnswer(completion('a'))]).chat.complete(ask)).rejects.toThrow(
    'MISTRAL_SDK_TELEMETRY',
  );
  const { provider } = before([jsonAnswer(completion('a'))]);
  await expect(provider.generate(REQUEST)).resolves.toMatchObject({ text: 'a' });
});

test('a model that will be taken away is not announced on the console', async () => {
  const headers = { 'x-model-deprecation-timestamp': '2027-01-01T00:00:00Z' };
  const { provider } = before([jsonAnswer(completion('a'), { headers })]);
  await provider.generate(REQUEST);
  await new Promise((resolve) => setImmediate(resolve));
  expect(logged).toEqual([]);
});

test('the environment gives no key', async () => {
  vi.stubEnv('MISTRAL_API_KEY', 'key-of-the-environment');
  const { player, provider } = before([jsonAnswer(completion('a'))], {
    apiKey: undefined,
    baseURL: 'http://lan.test/v1',
  });
  await provider.generate(REQUEST);
  expect(JSON.stringify(player.exchanges)).not.toContain('key-of-the-environment');
});

test('an answer without usage, at which the SDK throws, is an error of the family', async () => {
  const answer = () => jsonAnswer(completion('a', { usage: undefined }));
  const ask = { model: 'm', messages: [...REQUEST.messages] };
  await expect(bare([answer()]).chat.complete(ask)).rejects.toThrow('Response validation failed');
  await expect(before([answer()]).provider.generate(REQUEST)).rejects.toMatchObject({ code: 'NO_USAGE' });
});

test('a deadline holds though a signal is given, with which the SDK forgets its own', async () => {
  const { signal } = new AbortController();
  const { provider, player } = before([{ headersAfterMs: 'never' }]);
  await expect(provider.generate(REQUEST, { timeoutMs: 20, signal })).rejects.toMatchObject({
    kind: 'timeout',
  });
  expect(player.exchanges[0]?.end).toBe('given up');
});

test('no timer of the SDK is left behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const { provider } = before([jsonAnswer(completion('a'))]);
  const already = timers();
  await provider.generate(REQUEST);
  expect(timers()).toBe(already);
});

test('the SDK sends what it is given, and silently drops the rest', async () => {
  const script = [jsonAnswer(completion('a'))];
  const player = scriptedFetch(script);
  const client = new Mistral({ apiKey: KEY, httpClient: new HTTPClient({ fetcher: player.fetch }) });
  await client.chat.complete({ model: 'm', messages: [...REQUEST.messages], seed: 1 } as never);
  expect(JSON.parse(player.exchanges[0]?.request.body ?? '')).not.toHaveProperty('seed');
});
