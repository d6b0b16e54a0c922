import { Exchange } from '@drydock/llm/provider-kit';
import { eventStream, inPieces, jsonAnswer, scriptedFetch, type WireScript } from '@drydock/llm/wire';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  batchEmbedContents,
  countTokens,
  generateContent,
  type SdkCall,
  streamGenerateContent,
} from './sdk.js';

const KEY = 'canary-key-4d1f';
const exchange = new Exchange();
const body = { contents: [], generationConfig: {} };
const global = Object.getOwnPropertyDescriptor(globalThis, 'fetch');

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
  expect(Object.getOwnPropertyDescriptor(globalThis, 'fetch')).toEqual(global);
});

function play(script: WireScript) {
  const player = scriptedFetch(script);
  const call: SdkCall = {
    apiKey: KEY,
    baseUrl: player.origin,
    model: 'flash',
    fetch: player.fetch,
    exchange,
  };
  return { player, call };
}

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

test('the key travels in a header and never in a URL', async () => {
  const { player, call } = play([
    jsonAnswer({}),
    eventStream([{}]),
    jsonAnswer({ totalTokens: 1 }),
    jsonAnswer({ embeddings: [] }),
  ]);
  await generateContent(call, body);
  await all(streamGenerateContent(call, body));
  await countTokens(call, body);
  await batchEmbedContents(call, { requests: [] });
  const requests = player.exchanges.map(({ request }) => request);
  expect(requests.map(({ path }) => path)).toEqual([
    '/v1beta/models/flash:generateContent',
    '/v1beta/models/flash:streamGenerateContent?alt=sse',
    '/v1beta/models/flash:countTokens',
    '/v1beta/models/flash:batchEmbedContents',
  ]);
  for (const { headers, body: sent } of requests) {
    expect(headers['x-goog-api-key']).toBe(KEY);
    expect(sent).not.toContain(KEY);
  }
});

test('many calls at once each go through their own fetch, and nobody else does', async () => {
  const others = vi.fn();
  const call = async (index: number) => {
    const fetch = async () => {
      await new Promise((resolve) => setTimeout(resolve, index % 3));
      return Response.json({ responseId: `${index}` });
    };
    const answer = generateContent(
      { apiKey: KEY, baseUrl: 'https://a.test', model: 'flash', fetch, exchange },
      body,
    );
    others(globalThis.fetch);
    return (await answer).responseId;
  };
  const indexes = Array.from({ length: 50 }, (_, index) => index);
  expect(await Promise.all(indexes.map(call))).toEqual(indexes.map(String));
  expect(others.mock.calls.every(([seen]) => seen === global?.value)).toBe(true);
});

describe('a stream', () => {
  test('is read however its bytes are cut', async () => {
    const events = [{ responseId: 'ä€😀' }, { responseId: 'b' }];
    const { call } = play([inPieces(eventStream(events), 1)]);
    expect((await all(streamGenerateContent(call, body))).map(({ responseId }) => responseId)).toEqual([
      'ä€😀',
      'b',
    ]);
  });

  test('that breaks fails once, with the network’s own error', async () => {
    const { call } = play([eventStream([{}], { ending: 'cut' })]);
    await expect(all(streamGenerateContent(call, body))).rejects.toMatchObject({
      message: 'terminated',
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });

  test.each([
    ['an event that is not JSON', eventStream(['{"canary"'])],
    ['a page', { chunks: ['<p>canary</p>'] }],
  ])('with %s is unreadable, and its text is not told', async (_, answer) => {
    const { call } = play([answer]);
    const error = await all(streamGenerateContent(call, body)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SyntaxError);
    expect(String(error)).not.toContain('canary');
  });
});

test('a failure of the fetch comes back as itself, not as the text that the SDK makes of it', async () => {
  const failure = new TypeError('fetch failed');
  const fetch = () => Promise.reject(failure);
  const call = { apiKey: KEY, baseUrl: 'https://a.test', model: 'flash', fetch, exchange };
  await expect(generateContent(call, body)).rejects.toBe(failure);
  await expect(all(streamGenerateContent(call, body))).rejects.toBe(failure);
});
