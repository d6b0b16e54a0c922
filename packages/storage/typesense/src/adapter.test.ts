import { inspect } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTypesenseAdapter, type TypesenseAdapter } from './adapter.js';
import { adapterCases } from './adapter-cases.fixture.js';
import type { TypesenseRecord } from './codec.js';
import type { TypesenseConfig } from './config.js';
import { API_KEY, offline, uniqueCollection } from './conformance.fixture.js';
import { FakeTypesense } from './testing/index.js';

interface Note extends TypesenseRecord {
  readonly text?: string;
}

const PAYLOAD = 'canary-payload-c0fe';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const IMPORT = '/documents/import';

const server = new FakeTypesense({ apiKey: API_KEY });
afterAll(() => server.close());
afterEach(() => server.recover());

adapterCases('offline', offline(server));

const open: TypesenseAdapter<Note>[] = [];
afterEach(() => Promise.all(open.splice(0).map((adapter) => adapter.disconnect())));

function make(config: Partial<TypesenseConfig> = {}): TypesenseAdapter<Note> {
  const adapter = createTypesenseAdapter<Note>({
    ...offline(server),
    collection: uniqueCollection(),
    fields: { text: 'string' },
    retry: { maxAttempts: 1 },
    ...config,
  });
  open.push(adapter);
  return adapter;
}

async function connected(config: Partial<TypesenseConfig> = {}): Promise<TypesenseAdapter<Note>> {
  const adapter = make(config);
  await adapter.connect();
  return adapter;
}

describe('answers that are none', () => {
  let adapter: TypesenseAdapter<Note>;
  beforeEach(async () => {
    adapter = await connected();
  });

  test.each([
    [{ status: 429 }, 'StorageConnectionError', 'HTTP_429', true, 'rejected'],
    [{ status: 500 }, 'StorageQueryError', 'HTTP_500', true, 'unknown'],
    [{ status: 503, body: 'no upstream' }, 'StorageConnectionError', 'HTTP_503', true, 'unknown'],
    [{ status: 408 }, 'StorageTimeoutError', 'HTTP_408', true, 'unknown'],
    [{ status: 413, body: '' }, 'StorageDataError', 'HTTP_413', false, 'rejected'],
    [
      { status: 200, body: '<html>log in</html>' },
      'StorageConnectionError',
      'NOT_TYPESENSE',
      false,
      'unknown',
    ],
    [{ status: 200, body: { hello: 1 } }, 'StorageConnectionError', 'NOT_TYPESENSE', false, 'unknown'],
    [
      { status: 200, body: '{"success":true}\n{"success":true}' },
      'StorageConnectionError',
      'NOT_TYPESENSE',
      false,
      'unknown',
    ],
    [
      { status: 200, headers: JSON_TYPE, body: '{"result":' },
      'StorageConnectionError',
      undefined,
      true,
      'unknown',
    ],
    [
      { status: 307, headers: { location: 'http://elsewhere.example/' }, body: '' },
      'StorageConnectionError',
      'HTTP_307',
      false,
      'rejected',
    ],
  ])('%j make a write fail as %s', async (answer, name, code, retriable, outcome) => {
    server.answer(IMPORT, answer);
    const error = await adapter.store({ id: 'a' }).catch((reason) => reason);
    expect(error).toMatchObject({ name, retriable, outcome, ids: ['a'] });
    if (code !== undefined) expect(error.code).toBe(code);
  });

  test('a connection closed in the middle of an answer leaves a write unknown', async () => {
    server.drop(IMPORT, 'within');
    await expect(adapter.store({ id: 'a' })).rejects.toMatchObject({
      name: 'StorageConnectionError',
      outcome: 'unknown',
    });
    expect(await adapter.retrieve('a')).toEqual({ id: 'a' });
  });

  test('a line that may be tried again is, alone', async () => {
    const persistent = await connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
    const lines = ['{"success":true}', '{"success":false,"code":500,"error":"busy"}'];
    server.answer(IMPORT, { status: 200, headers: { 'content-type': 'text/plain' }, body: lines.join('\n') });
    await persistent.storeBatch([{ id: 'a' }, { id: 'b' }]);
    expect(await persistent.retrieveBatch(['a', 'b'])).toEqual([null, { id: 'b' }]);
    expect(persistent.getMetrics().operations.storeBatch).toMatchObject({ attempts: 2, roundTrips: 2 });
  });

  test('are got over by repeating, where the fault passes, and never by the client itself', async () => {
    const persistent = await connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
    const before = server.requests;
    server.answer(IMPORT, { status: 503 }, 2);
    await persistent.store({ id: 'a' });
    expect(persistent.getMetrics().operations.store).toMatchObject({ attempts: 3, roundTrips: 3 });
    expect(server.requests - before).toBe(3);
  });

  test('a call that is aborted while the server works is unknown', async () => {
    const held = server.hold(IMPORT);
    const caller = new AbortController();
    const storing = adapter.store({ id: 'a' }, { signal: caller.signal });
    await held.reached;
    caller.abort();
    await expect(storing).rejects.toMatchObject({ name: 'StorageAbortedError', outcome: 'unknown' });
    held.release();
  });
});

describe('what is left behind', () => {
  test('nothing: disconnect closes every connection', async () => {
    const own = new FakeTypesense();
    const adapter = await connected(offline(own));
    await Promise.all([adapter.retrieve('a'), adapter.retrieve('b'), adapter.retrieve('c')]);
    expect(own.connections).toBe(3);
    await adapter.disconnect();
    await vi.waitFor(() => expect(own.connections).toBe(0));
  });

  test('no more connections than allowed are made', async () => {
    const own = new FakeTypesense();
    const adapter = await connected({ ...offline(own), maxConnections: 2 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => adapter.retrieve(`r${n}`)));
    expect(own.connections).toBe(2);
  });

  test('a key and a payload in no error, whatever the server says back, and nothing on the console', async () => {
    const written = (['debug', 'log', 'info', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name),
    );
    const adapter = await connected();
    const record = { id: 'a', text: PAYLOAD };
    const echoes = [400, 401, 403, 404, 409, 422, 429, 500, 503].map((status) => ({
      status,
      headers: { 'x-echo': API_KEY },
      body: { message: `Field ${PAYLOAD} ${API_KEY}` },
    }));
    const lines = `{"success":false,"code":400,"error":"${PAYLOAD}","document":"${API_KEY}"}`;
    const errors: unknown[] = [];
    for (const answer of [
      ...echoes,
      { status: 502, body: `${PAYLOAD} ${API_KEY}` },
      { status: 200, body: lines },
    ]) {
      server.answer(IMPORT, answer);
      errors.push(await adapter.store(record).catch((reason) => reason));
    }
    server.drop(IMPORT, 'within');
    errors.push(await adapter.store(record).catch((reason) => reason));
    await server.refuse();
    errors.push(await adapter.store(record).catch((reason) => reason));
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    const options = { depth: Number.POSITIVE_INFINITY, showHidden: true };
    const views = [...errors, adapter, adapter.getMetrics()].flatMap((value) => [
      inspect(value, options),
      inspect(value, { ...options, customInspect: false, getters: true }),
      JSON.stringify(value),
    ]);
    for (const secret of [PAYLOAD, API_KEY]) expect(views.join('\n').includes(secret)).toBe(false);
    for (const spy of written) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  test('no proxy of the environment is asked', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://proxy.invalid:1');
    vi.stubEnv('http_proxy', 'http://proxy.invalid:1');
    const adapter = await connected();
    await adapter.store({ id: 'a' });
    vi.unstubAllEnvs();
    expect(await adapter.retrieve('a')).toEqual({ id: 'a' });
  });
});
