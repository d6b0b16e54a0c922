import { expect, test } from 'vitest';
import { boundedAnswer, MOST_ANSWER_BYTES } from './bounded-answer.js';
import { guardedFetch } from './guarded-fetch.js';

const CHUNK = new Uint8Array(1_024 * 1_024);
const FITTING = MOST_ANSWER_BYTES / CHUNK.length;

/** An answer of so many chunks, and how many of them were asked for. */
function answering(chunks: number, headers: Record<string, string> = {}) {
  const told = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (told.pulled === chunks) return controller.close();
        told.pulled += 1;
        controller.enqueue(CHUNK);
      },
      cancel() {
        told.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { told, response: new Response(body, { status: 201, headers }) };
}

test('an answer that is too large is left there', async () => {
  const { response, told } = answering(FITTING + 3);
  const fetch = guardedFetch({ provider: 'p', baseURL: 'https://api.test', fetch: async () => response });
  const answer = await fetch('https://api.test/');
  // A failure of this test shows the size, not the whole.
  const size = answer.arrayBuffer().then(({ byteLength }) => byteLength);
  await expect(size).rejects.toMatchObject({
    kind: 'invalid_output',
    code: 'TOO_LARGE',
    provider: 'p',
    retriable: false,
  });
  expect(told).toEqual({ pulled: FITTING + 1, cancelled: true });
});

test('one of the very size is whole', async () => {
  const { response } = answering(FITTING, { 'x-a': '1' });
  const answer = boundedAnswer(response, 'p');
  expect([answer.status, answer.headers.get('x-a')]).toEqual([201, '1']);
  expect((await answer.arrayBuffer()).byteLength).toBe(MOST_ANSWER_BYTES);
});

test('its chunks are not copied, and nothing is read before it is asked for', async () => {
  const { response, told } = answering(2);
  const reader = boundedAnswer(response, 'p').body?.getReader();
  expect(told.pulled).toBe(0);
  expect((await reader?.read())?.value).toBe(CHUNK);
  await reader?.cancel();
  expect(told).toEqual({ pulled: 1, cancelled: true });
});

test.each([
  ['says that it is short', { 'content-length': '1048576' }, true],
  ['says that it is too long', { 'content-length': `${MOST_ANSWER_BYTES + 1}` }, false],
  ['is short until it is decompressed', { 'content-length': '100', 'content-encoding': 'gzip' }, false],
  ['has a length that is none', { 'content-length': 'many' }, false],
  ['comes as events', { 'content-type': 'text/event-stream; charset=utf-8' }, true],
])('an answer that %s', (_, headers: Record<string, string>, same) => {
  const { response } = answering(1, headers);
  expect(boundedAnswer(response, 'p') === response).toBe(same);
});

test('an error of the network stays what it is', async () => {
  const error = new TypeError('terminated');
  const body = new ReadableStream({ pull: () => Promise.reject(error) });
  await expect(boundedAnswer(new Response(body), 'p').text()).rejects.toBe(error);
});
