import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { adapterCases } from './cases/adapter-cases.fixture.js';
import { SECRET } from './cases/conformance.fixture.js';
import { connected, manageServer, server, WRITE } from './cases/offline.fixture.js';
import { FakeTypesense } from './fake/index.js';

const PAYLOAD = 'canary-payload-c0fe';

manageServer();
adapterCases('offline', server.config);

describe('what is left behind', () => {
  test('nothing: disconnect closes every connection', async () => {
    const own = new FakeTypesense();
    const adapter = await connected(own.config);
    // Deletes share no request.
    await Promise.all(['a', 'b', 'c'].map((id) => adapter.delete(id)));
    expect(own.connections).toBe(3);
    await adapter.disconnect();
    await vi.waitFor(() => expect(own.connections).toBe(0));
  });

  test('no more connections than allowed are made', async () => {
    const own = new FakeTypesense();
    const adapter = await connected({ ...own.config, maxConnections: 2 });
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
      headers: { 'x-echo': SECRET },
      body: { message: `Field ${PAYLOAD} ${SECRET}` },
    }));
    const lines = `{"success":false,"code":400,"error":"${PAYLOAD}","document":"${SECRET}"}`;
    const errors: unknown[] = [];
    for (const answer of [
      ...echoes,
      { status: 502, body: `${PAYLOAD} ${SECRET}` },
      { status: 200, body: lines },
    ]) {
      server.answer(WRITE, answer);
      errors.push(await adapter.store(record).catch((reason) => reason));
    }
    server.drop(WRITE, 'within');
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
    for (const secret of [PAYLOAD, SECRET]) expect(views.join('\n').includes(secret)).toBe(false);
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
