import { inspect } from 'node:util';
import { newNamespace } from '@drydock/storage/conformance';
import { describe, expect, test } from 'vitest';
import { createQdrantAdapter } from './adapter.js';
import { adapterCases } from './cases/adapter-cases.fixture.js';
import { SECRET } from './cases/conformance.fixture.js';
import { connected, make, manageServer, READ_ONLY, server } from './cases/offline.fixture.js';
import { FakeQdrant } from './fake/index.js';

const PAYLOAD = 'canary-payload-c0fe';
const TOO_DEEP = {
  status: 400,
  body: { status: { error: 'Format error in JSON body: recursion limit exceeded' }, time: 0 },
};

manageServer();
adapterCases('offline', server.config);

describe('requests', () => {
  test.each([
    [true, 'wait=true'],
    [false, 'wait=false'],
  ])('say whether writes are waited for: %s', async (wait, parameter) => {
    const adapter = await connected({ wait });
    await adapter.store({ id: 'a' });
    for (const [method, write] of [
      ['PUT', () => adapter.store({ id: 'b' })],
      ['POST', () => adapter.delete('a')],
    ] as const) {
      server.answer(new RegExp(`^${method} .*\\?${parameter}$`), { status: 418 });
      await expect(write()).rejects.toMatchObject({ code: 'HTTP_418' });
    }
  });

  test('tell the server the time that is left, in whole seconds', async () => {
    const adapter = await connected();
    for (const path of ['points/scroll', 'points/query', 'points']) {
      server.answer(new RegExp(`/${path}\\?timeout=3$`), { status: 418 });
    }
    const limit = { timeoutMs: 2_500 };
    await expect(adapter.search({}, limit)).rejects.toMatchObject({ code: 'HTTP_418' });
    await expect(adapter.search({ near: [1, 0] }, limit)).rejects.toMatchObject({ code: 'HTTP_418' });
    await expect(adapter.retrieve('a', limit)).rejects.toMatchObject({ code: 'HTTP_418' });
  });

  test('keep the path of the URL', async () => {
    server.answer('GET /behind/a%20proxy/collections/', { status: 418 });
    const adapter = make({ url: 'http://memory/behind/a%20proxy/' });
    await expect(adapter.connect()).rejects.toMatchObject({ code: 'HTTP_418' });
  });

  test('a refused point among many is found and named; the others are stored', async () => {
    const adapter = await connected();
    const records = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
    // The whole, its first half, that one's first half and then the first point alone.
    server.answer('PUT ', TOO_DEEP, 4);
    await expect(adapter.storeBatch(records)).rejects.toMatchObject({
      name: 'StorageDataError',
      retriable: false,
      outcome: 'rejected',
      failures: [{ index: 0, id: 'a', code: 'HTTP_400' }],
    });
    expect(await adapter.retrieveBatch(['a', 'b', 'c', 'd', 'e'])).toEqual([null, ...records.slice(1)]);
    expect(adapter.getMetrics().operations.storeBatch).toMatchObject({ attempts: 1, roundTrips: 7 });
  });
});

describe('keys', () => {
  test('a read-only key reads what is there and writes nothing', async () => {
    const collection = newNamespace();
    const writer = await connected({ collection });
    await writer.store({ id: 'a', text: 'x' });
    const reader = await connected({ collection, apiKey: READ_ONLY });
    expect(await reader.retrieve('a')).toEqual({ id: 'a', text: 'x' });
    const refused = {
      name: 'StorageConnectionError',
      code: 'HTTP_403',
      retriable: false,
      outcome: 'rejected',
    };
    await expect(reader.store({ id: 'b' })).rejects.toMatchObject(refused);
    await expect(make({ apiKey: READ_ONLY }).connect()).rejects.toMatchObject(refused);
  });

  test.each([undefined, 'wrong'])('%s is refused at connect, once', async (apiKey) => {
    const { apiKey: _, ...settings } = server.config;
    const adapter = createQdrantAdapter({
      ...settings,
      ...(apiKey !== undefined && { apiKey }),
      collection: 'any',
      vector: { size: 2, distance: 'Dot' },
    });
    await expect(adapter.connect()).rejects.toMatchObject({
      name: 'StorageConnectionError',
      code: 'HTTP_401',
      retriable: false,
      attempts: 1,
    });
  });
});

describe('what is left behind', () => {
  test('nothing: disconnect closes every connection', async () => {
    const own = new FakeQdrant();
    const adapter = await connected(own.config);
    // Deletes share no request.
    await Promise.all(['a', 'b', 'c'].map((id) => adapter.delete(id)));
    expect(own.connections).toBe(3);
    await adapter.disconnect();
    expect(own.connections).toBe(0);
  });

  test('no more connections than allowed are made', async () => {
    const own = new FakeQdrant();
    const adapter = await connected({ ...own.config, maxConnections: 2 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => adapter.retrieve(`r${n}`)));
    expect(own.connections).toBe(2);
  });

  test('a key and a payload in no error, whatever the server says back', async () => {
    const adapter = await connected();
    const record = { id: 'a', text: PAYLOAD, vector: [1, 2] };
    const echoes = [400, 401, 403, 404, 409, 422, 429, 500, 503].map((status) => ({
      status,
      headers: { 'retry-after': PAYLOAD, 'x-echo': SECRET },
      body: { status: { error: `Wrong input: ${PAYLOAD} ${SECRET}` }, time: 0 },
    }));
    const errors: unknown[] = [];
    for (const answer of [...echoes, { status: 502, body: `${PAYLOAD} ${SECRET}` }]) {
      server.answer('PUT ', answer);
      errors.push(await adapter.store(record).catch((reason) => reason));
    }
    server.drop('PUT ', 'within');
    errors.push(await adapter.store(record).catch((reason) => reason));
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    const options = { depth: Number.POSITIVE_INFINITY, showHidden: true };
    const views = [...errors, adapter, adapter.getMetrics()].flatMap((value) => [
      inspect(value, options),
      inspect(value, { ...options, customInspect: false, getters: true }),
      JSON.stringify(value),
    ]);
    for (const secret of [PAYLOAD, SECRET]) expect(views.join('\n').includes(secret)).toBe(false);
  });
});
