import { eventStream, jsonAnswer, scriptedFetch, type WireScript } from '@drydock/llm/wire';
import { GoogleGenerativeAI } from '@google/generative-ai';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createGeminiProvider } from '../provider.js';
import { errorBody, textAnswer } from './answers.fixture.js';

const prompt = { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] };
const request = { messages: [{ role: 'user', content: 'hello' }] } as const;
const HOUR_MS = 3_600_000;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The SDK by itself and the provider, each before a server that plays the same script. */
function sides(script: WireScript) {
  const [bare, ours] = [scriptedFetch(script), scriptedFetch(script)];
  vi.stubGlobal('fetch', bare.fetch);
  return {
    bare,
    ours,
    sdk: new GoogleGenerativeAI('a-key').getGenerativeModel({ model: 'flash' }),
    provider: createGeminiProvider({ apiKey: 'a-key', baseURL: ours.origin, fetch: ours.fetch }),
  };
}

async function textOf(
  events: AsyncIterable<{ text: string } | { text(): string } | object>,
): Promise<string> {
  let text = '';
  for await (const event of events) {
    if (!('text' in event)) continue;
    text += typeof event.text === 'function' ? event.text() : event.text;
  }
  return text;
}

/** Timers of an hour, less what has passed before they began; all others here are shorter. */
function timers() {
  const isLong = (ms = 0) => ms > HOUR_MS - 60_000;
  const set = vi.spyOn(globalThis, 'setTimeout');
  const cleared = vi.spyOn(globalThis, 'clearTimeout');
  return {
    left: () => {
      const gone = cleared.mock.calls.map(([timer]) => timer);
      const long = set.mock.results.filter((_, index) => isLong(set.mock.calls[index]?.[1]));
      return long.map(({ value }) => value).filter((timer) => !gone.includes(timer));
    },
    count: () => set.mock.calls.filter(([, ms]) => isLong(ms)).length,
  };
}

describe('what the SDK does by itself, and a call here does not', () => {
  test('a request for a signal that has fired is sent', async () => {
    const { sdk, provider, bare, ours } = sides([jsonAnswer(textAnswer('hi'))]);
    const signal = AbortSignal.abort();
    await sdk.generateContent(prompt, { signal });
    await expect(provider.generate(request, { signal })).rejects.toMatchObject({ kind: 'aborted' });
    expect([bare.exchanges.length, ours.exchanges.length]).toEqual([1, 0]);
  });

  test('the timer of a timeout outlives its call', async () => {
    const { sdk, provider } = sides([jsonAnswer(textAnswer('hi'))]);
    const { left, count } = timers();
    await sdk.generateContent(prompt, { timeout: HOUR_MS });
    const [forgotten, ...others] = left();
    clearTimeout(forgotten);
    await provider.generate(request, { timeoutMs: HOUR_MS });
    expect([forgotten === undefined, others, left(), count()]).toEqual([false, [], [], 2]);
  });

  test('a listener stays at the caller’s signal', async () => {
    const { sdk, provider } = sides([jsonAnswer(textAnswer('hi'))]);
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await sdk.generateContent(prompt, { signal });
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0]);
    await provider.generate(request, { signal });
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([2, 1]);
  });

  test('an error event in a stream that had begun well reads as an empty text', async () => {
    const { sdk, provider } = sides([eventStream([errorBody(503, 'UNAVAILABLE')])]);
    const { stream } = await sdk.generateContentStream(prompt);
    expect(await textOf(stream)).toBe('');
    await expect(textOf(provider.stream(request))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('a stream without a finish reason reads as complete', async () => {
    const { sdk, provider } = sides([eventStream([textAnswer('half', '')])]);
    const { stream } = await sdk.generateContentStream(prompt);
    expect(await textOf(stream)).toBe('half');
    await expect(textOf(provider.stream(request))).rejects.toMatchObject({ kind: 'truncated' });
  });

  test('a stream that fails also rejects a promise that nobody has asked for', async () => {
    const { sdk, provider } = sides([eventStream([textAnswer('half', '')], { ending: 'cut' })]);
    const result = await sdk.generateContentStream(prompt);
    const unasked = expect(result.response).rejects.toThrow('Error reading from the stream');
    await expect(textOf(result.stream)).rejects.toThrow('Error reading from the stream');
    await unasked;
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await expect(textOf(provider.stream(request))).rejects.toMatchObject({ kind: 'unavailable' });
    await new Promise((resolve) => setTimeout(resolve, 0));
    process.removeListener('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('an unreadable event is told with its text', async () => {
    const { sdk, provider } = sides([eventStream(['{"text": "canary'])]);
    const result = await sdk.generateContentStream(prompt);
    result.response.catch(() => {});
    await expect(textOf(result.stream)).rejects.toThrow('canary');
    const error = await textOf(provider.stream(request)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'invalid_output' });
    expect(String(error)).not.toContain('canary');
  });
});
