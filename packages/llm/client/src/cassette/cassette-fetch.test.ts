import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cassette } from './cassette.js';
import { type CassetteOptions, cassetteFetch } from './cassette-fetch.js';

const URL_ = 'https://api.example.com/v1/chat';
const KEY = 'canary-7f3a9c2e5b1d';
const HAND_MADE = { version: 1, handMade: true, follows: 'https://example.com/openapi.yaml' } as const;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cassette-'));
  file = join(folder, 'nested', 'chat.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers,
});

function serverOf(...bodies: (string | Uint8Array)[][]) {
  const left = [...bodies];
  return vi.fn<typeof fetch>(async () => {
    const chunks = left.shift() ?? [];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks)
          controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
        controller.close();
      },
    });
    const headers = {
      'content-type': 'text/event-stream',
      'set-cookie': 'session=1',
      'x-request-id': 'r1',
      'retry-after': '2',
    };
    return new Response(body, { headers });
  });
}

async function recordCalls(
  send: typeof fetch,
  bodies: unknown[],
  options: Partial<CassetteOptions> = {},
): Promise<string[]> {
  const recording = cassetteFetch({
    file,
    mode: 'record',
    secrets: { EXAMPLE_API_KEY: KEY },
    fetch: send,
    ...options,
  });
  const texts: string[] = [];
  for (const body of bodies) {
    const response = await recording(`${URL_}?alt=sse`, post(body, { authorization: `Bearer ${KEY}` }));
    texts.push(await response.text());
  }
  recording.close();
  return texts;
}

async function chunksOf(response: Response): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString());
  return chunks;
}

function writeByHand(cassette: object): string {
  const path = join(folder, 'hand-made.json');
  writeFileSync(path, JSON.stringify(cassette));
  return path;
}

const exchange = (body: unknown, chunks: string[] = ['ok'], status = 200) => ({
  request: { method: 'POST', path: '/v1/chat', body },
  response: { status, headers: { 'content-type': 'application/json' }, chunks },
});

describe('recording', () => {
  test('what was recorded plays back: status, allowed headers, and the chunks as they came', async () => {
    const send = serverOf(['data: a\n', '\ndata: b\n\n']);
    await expect(recordCalls(send, [{ model: 'm' }])).resolves.toEqual(['data: a\n\ndata: b\n\n']);
    const replay = cassetteFetch({ file: pathToFileURL(file) });
    const response = await replay(`${URL_}?alt=sse`, post({ model: 'm' }));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream',
      'retry-after': '2',
    });
    await expect(chunksOf(response)).resolves.toEqual(['data: a\n', '\ndata: b\n\n']);
    replay.close();
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('a character cut in two by a chunk comes back whole', async () => {
    const bytes = new TextEncoder().encode('née');
    await recordCalls(serverOf([bytes.slice(0, 2), bytes.slice(2)]), [{}]);
    const response = await cassetteFetch({ file })(`${URL_}?alt=sse`, post({}));
    await expect(response.text()).resolves.toBe('née');
  });

  test('no key, request header, cookie or unknown header is written', async () => {
    const recording = cassetteFetch({
      file,
      mode: 'record',
      secrets: { EXAMPLE_API_KEY: KEY },
      fetch: serverOf(['ok']),
    });
    await (await recording(`${URL_}?key=${KEY}`, post({}, { 'x-goog-api-key': KEY, cookie: KEY }))).text();
    recording.close();
    const written = readFileSync(file, 'utf8');
    for (const absent of [KEY, 'goog', 'cookie', 'x-request-id', 'authorization', 'example.com'])
      expect(written).not.toContain(absent);
  });

  test.each([
    ['the request body', { body: { prompt: `my key is ${KEY}` }, chunks: ['ok'] }, 'request body'],
    ['the response body', { body: {}, chunks: [`{"echo":"${KEY}"}`] }, 'response body'],
    ['two chunks', { body: {}, chunks: [KEY.slice(0, 9), KEY.slice(9)] }, 'response body'],
    ['base64', { body: { data: Buffer.from(KEY).toString('base64') }, chunks: ['ok'] }, 'request body'],
    [
      'a key nobody named',
      { body: { text: `gsk_${'aB3dE6gH9jK2m'.repeat(4)}` }, chunks: ['ok'] },
      'request body',
    ],
  ])('a key in %s is refused and nothing is written', async (_, { body, chunks }, place) => {
    const refused = recordCalls(serverOf(chunks), [body]);
    await expect(refused).rejects.toMatchObject({ code: 'CASSETTE_SECRET' });
    await expect(refused).rejects.toThrow(`exchange 1: ${place}`);
    await expect(refused).rejects.not.toThrow(KEY);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  test('needs a key, named by its variable', () => {
    expect(() => cassetteFetch({ file, mode: 'record', secrets: { EXAMPLE_API_KEY: undefined } })).toThrow(
      'Set EXAMPLE_API_KEY',
    );
    expect(() => cassetteFetch({ file, mode: 'record' })).toThrow(
      expect.objectContaining({ code: 'CASSETTE_NO_KEY' }),
    );
  });

  test('a body that was not read to its end is not written', async () => {
    const recording = cassetteFetch({
      file,
      mode: 'record',
      secrets: { EXAMPLE_API_KEY: KEY },
      fetch: serverOf(['a', 'b']),
    });
    await (await recording(URL_, post({}))).body?.cancel();
    expect(() => recording.close()).toThrow(expect.objectContaining({ code: 'CASSETTE_INCOMPLETE' }));
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});

describe('replay', () => {
  const play = (exchanges: unknown[], options: Partial<CassetteOptions> = {}) =>
    cassetteFetch({ file: writeByHand({ ...HAND_MADE, exchanges }), ...options });

  test('the order of keys, the host and the key in the URL make no difference', async () => {
    const replay = play([exchange({ a: { x: 1, y: 2 }, b: 3 })]);
    const response = await replay('http://other.test/v1/chat?key=k', post({ b: 3, a: { y: 2, x: 1 } }));
    await expect(response.text()).resolves.toBe('ok');
  });

  test('the order of a list, the method and the path make a difference', async () => {
    const replay = play([exchange({ list: [1, 2] })]);
    await expect(replay(URL_, post({ list: [2, 1] }))).rejects.toThrow('no answer');
    await expect(replay(`${URL_}/x`, post({ list: [1, 2] }))).rejects.toThrow('no answer');
    await expect(replay(URL_, { ...post({ list: [1, 2] }), method: 'PUT' })).rejects.toThrow('no answer');
  });

  test('equal requests get their answers in the order of recording, each once', async () => {
    const replay = play([exchange({}, ['first'], 429), exchange({}, ['second'])]);
    const first = await replay(URL_, post({}));
    expect([first.status, await first.text()]).toEqual([429, 'first']);
    await expect((await replay(URL_, post({}))).text()).resolves.toBe('second');
    await expect(replay(URL_, post({}))).rejects.toThrow('has given it already');
  });

  test('a request without an answer is shown as a diff to the nearest one', async () => {
    const replay = play([exchange({ model: 'other', n: 9 }), exchange({ model: 'm', temperature: 0 })]);
    const missed = replay(URL_, post({ model: 'm', temperature: 1 }));
    await expect(missed).rejects.toMatchObject({ code: 'CASSETTE_MISS' });
    const { message } = await missed.catch((error) => error);
    expect(message).toContain('recorded, exchange 2');
    expect(message).toContain('-  "temperature": 0');
    expect(message).toContain('+  "temperature": 1');
    // A provider may have made an error of its own of it, so it is told again.
    expect(() => replay.close()).toThrow(message);
  });

  test('the diff shows no key', async () => {
    const replay = play([exchange({})], { secrets: { EXAMPLE_API_KEY: KEY } });
    const { message } = await replay(URL_, post({ text: KEY })).catch((error) => error);
    expect(message).toContain('"text"');
    expect(message).not.toContain(KEY);
  });

  test('an exchange that nobody asked for is told at the end', () => {
    expect(() => play([exchange({})]).close()).toThrow('1 exchange was never requested');
    play([exchange({})], { allowUnused: true }).close();
  });

  test('an aborted request is not answered, and an aborted body ends', async () => {
    const replay = play([exchange({}, ['a', 'b'])]);
    await expect(
      replay(URL_, { ...post({}), signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
    const controller = new AbortController();
    const response = await replay(URL_, { ...post({}), signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort(new Error('enough'));
    await expect(reader?.read()).rejects.toThrow('enough');
  });

  test('a response that may have no body has none', async () => {
    const response = await play([exchange({}, [], 204)])(URL_, post({}));
    expect([response.status, response.body]).toEqual([204, null]);
  });

  test('a Request is as good as an address', async () => {
    const response = await play([exchange({ a: 1 })])(new Request(URL_, post({ a: 1 })));
    await expect(response.text()).resolves.toBe('ok');
  });
});

describe('the file', () => {
  const broken: [string, unknown, string][] = [
    ['another version', { ...HAND_MADE, version: 2, exchanges: [] }, 'another version'],
    ['no exchanges', HAND_MADE, 'exchanges'],
    ['a hand without a document', { ...HAND_MADE, follows: '', exchanges: [] }, 'follows'],
    ['no origin', { version: 1, exchanges: [] } satisfies Partial<Cassette>, 'recordedAt'],
    ['a malformed exchange', { ...HAND_MADE, exchanges: [{ request: {} }] }, 'exchanges'],
  ];
  test.each(broken)('with %s is refused', (_, contents, expected) => {
    expect(() => cassetteFetch({ file: writeByHand(contents as object) })).toThrow(expected);
  });

  test('that is missing says how to make one', () => {
    expect(() => cassetteFetch({ file })).toThrow('does not exist. Record it');
  });
});
