import { ClosingListener } from '@drydock/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TypesenseAdapter } from './adapter.js';
import { connected, manageServer, type Note, server, WRITE } from './cases/offline.fixture.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

manageServer();

/** A request for each byte, on a machine that may be busy. */
const LONG = { timeout: 200_000 };

describe('a server that is not ready', () => {
  test('is left for a new connection', async () => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    await adapter.store({ id: 'a' });
    const before = server.connectionsMade;
    server.answer(WRITE, { status: 503 });
    await expect(adapter.store({ id: 'a' })).rejects.toMatchObject({ code: 'HTTP_503' });
    await adapter.store({ id: 'b' });
    expect(server.connectionsMade).toBe(before + 1);
    await vi.waitFor(() => expect(server.connections).toBe(1));
  });
});

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
    server.answer(WRITE, answer);
    const error = await adapter.store({ id: 'a' }).catch((reason) => reason);
    expect(error).toMatchObject({ name, retriable, outcome, ids: ['a'] });
    if (code !== undefined) expect(error.code).toBe(code);
  });

  test('a connection closed in the middle of an answer leaves a write unknown', async () => {
    server.drop(WRITE, 'within');
    await expect(adapter.store({ id: 'a' })).rejects.toMatchObject({
      name: 'StorageConnectionError',
      outcome: 'unknown',
    });
    expect(await adapter.retrieve('a')).toEqual({ id: 'a' });
  });

  test('a line that may be tried again is, alone', async () => {
    const persistent = await connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
    const lines = ['{"success":true}', '{"success":false,"code":500,"error":"busy"}'];
    server.answer(WRITE, { status: 200, headers: { 'content-type': 'text/plain' }, body: lines.join('\n') });
    await persistent.storeBatch([{ id: 'a' }, { id: 'b' }]);
    expect(await persistent.retrieveBatch(['a', 'b'])).toEqual([null, { id: 'b' }]);
    expect(persistent.getMetrics().operations.storeBatch).toMatchObject({ attempts: 2, roundTrips: 2 });
  });

  test('are got over by repeating, where the fault passes, and never by the client itself', async () => {
    const persistent = await connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
    const before = server.requests;
    server.answer(WRITE, { status: 503 }, 2);
    await persistent.store({ id: 'a' });
    expect(persistent.getMetrics().operations.store).toMatchObject({ attempts: 3, roundTrips: 3 });
    expect(server.requests - before).toBe(3);
  });

  test('a call that is aborted while the server works is unknown', async () => {
    const held = server.hold(WRITE);
    const caller = new AbortController();
    const storing = adapter.store({ id: 'a' }, { signal: caller.signal });
    await held.reached;
    caller.abort();
    await expect(storing).rejects.toMatchObject({ name: 'StorageAbortedError', outcome: 'unknown' });
    held.release();
  });
});

describe('a real listener that closes', () => {
  const listener = new ClosingListener(server);
  let denied: unknown;
  beforeAll(async () => {
    denied = await listener.listen().catch((error) => error);
  });
  afterAll(() => denied ?? listener.close());
  beforeEach(({ skip }) => {
    if (denied) skip('this sandbox denies to listen');
    listener.closeAfter(undefined);
  });

  const near = () => connected({ url: listener.url, driver: {}, retry: { maxAttempts: 3, baseDelayMs: 1 } });
  type Call = [string, (adapter: TypesenseAdapter<Note>) => Promise<unknown>];
  const one: Call = ['delete', (adapter) => adapter.delete('a')];
  const many: Call = ['deleteBatch', (adapter) => adapter.deleteBatch(['a', 'b'])];

  test.each([
    [...one, 1],
    [...many, 8],
  ] as const)(
    'after any byte of %s: it may have been applied, and is not repeated',
    LONG,
    async (_, call, step) => {
      const adapter = await near();
      await call(adapter);
      listener.closeAfter(undefined);
      await call(adapter);
      const length = Math.max(...listener.brought.values());
      expect(length).toBeGreaterThan(100);
      for (let bytes = 1; bytes <= length; bytes += step) {
        listener.closeAfter(undefined);
        await adapter.retrieve('warm');
        listener.closeAfter(bytes, bytes % 3 === 0 ? 'end' : 'reset');
        const error = await call(adapter).catch((reason) => reason);
        expect(error, `${bytes}`).toMatchObject({ kind: 'connection', outcome: 'unknown', attempts: 1 });
        expect(listener.brought.size, `${bytes}`).toBe(1);
      }
    },
  );

  test('what there is no connection for is not sent, and counts as no round trip', async () => {
    const adapter = await near();
    await listener.close();
    // A connection of which the client does not know yet that it is closed counts as one.
    await expect(adapter.retrieve('a')).rejects.toMatchObject({ kind: 'connection' });
    for (const [, call] of [one, many]) {
      const error = await call(adapter).catch((reason) => reason);
      expect(error).toMatchObject({ kind: 'connection', outcome: 'not_sent', attempts: 3 });
    }
    const { operations } = adapter.getMetrics();
    expect([operations.delete?.roundTrips, operations.deleteBatch?.roundTrips]).toEqual([0, 0]);
    await listener.listen();
    await expect(adapter.delete('a')).resolves.toBe(false);
  });

  test('a request that was sent stays so, whatever its repetition meets', async () => {
    const adapter = await near();
    listener.closeAfter(1);
    const storing = adapter.store({ id: 'a' }).catch((reason) => reason);
    await vi.waitFor(() => expect(listener.brought.size).toBeGreaterThan(0), { interval: 1 });
    await listener.close();
    expect(await storing).toMatchObject({ kind: 'connection', outcome: 'unknown' });
    await listener.listen();
  });
});
