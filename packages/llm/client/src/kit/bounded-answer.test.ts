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

const WAYS: Readonly<Record<string, (answer: Response) => Promise<unknown>>> = {
  text: (answer) => answer.text(),
  json: (answer) => answer.json(),
  arrayBuffer: (answer) => answer.arrayBuffer(),
  blob: (answer) => answer.blob(),
  clone: (answer) => answer.clone().text(),
  body: async (answer) => {
    for await (const _ of answer.body ?? []);
  },
  'text after a look at the body': (answer) => (answer.body ? answer.text() : Promise.resolve()),
};

test.each(Object.entries(WAYS))('an answer that is too large is left there, read by %s', async (_, read) => {
  const { response, told } = answering(FITTING + 3);
  const fetch = guardedFetch({ provider: 'p', baseURL: 'https://api.test', fetch: async () => response });
  const answer = await fetch('https://api.test/');
  // A failure of this test shows that it was read, not the whole.
  const whole = read(answer).then(() => 'read');
  await expect(whole).rejects.toMatchObject({
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

test('its text is what the bytes of all chunks say, without a mark of their order', async () => {
  const bytes = new TextEncoder().encode('\u{feff}{"text":"größer"}');
  const body = () => ReadableStream.from([...bytes].map((byte) => Uint8Array.of(byte)));
  expect(await boundedAnswer(new Response(body()), 'p').text()).toBe('{"text":"größer"}');
  expect(await boundedAnswer(new Response(body()), 'p').json()).toEqual({ text: 'größer' });
});

test('it can be read once, and still is a response', async () => {
  const answer = boundedAnswer(answering(1).response, 'p');
  expect(answer).toBeInstanceOf(Response);
  await answer.text();
  expect(answer.bodyUsed).toBe(true);
  await expect(answer.text()).rejects.toThrow(TypeError);
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
