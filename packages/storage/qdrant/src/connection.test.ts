import { ClosingListener } from '@drydock/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { QdrantAdapter } from './adapter.js';
import { connected, manageServer, type Note, server } from './cases/offline.fixture.js';

manageServer();

/** A request for each byte, on a machine that may be busy. */
const LONG = { timeout: 200_000 };

describe('a server that is not ready', () => {
  test('is left for a new connection', async () => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    await adapter.store({ id: 'a' });
    const before = server.connectionsMade;
    server.answer('PUT ', { status: 503 });
    await expect(adapter.store({ id: 'a' })).rejects.toMatchObject({ code: 'HTTP_503' });
    await adapter.store({ id: 'b' });
    expect(server.connectionsMade).toBe(before + 1);
    await vi.waitFor(() => expect(server.connections).toBe(1));
  });
});

describe('a request', () => {
  test('for which there is no connection was not sent, and is not counted as a round trip', async () => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    await server.refuse();
    await expect(adapter.delete('a')).rejects.toMatchObject({ outcome: 'not_sent', code: 'ECONNREFUSED' });
    expect(adapter.getMetrics().operations.delete).toMatchObject({ attempts: 1, roundTrips: 0 });
  });

  test.each(['before', 'within', 'after'] as const)(
    'that was sent is counted, and unknown when the connection ends %s the answer',
    async (when) => {
      const adapter = await connected({ retry: { maxAttempts: 1 } });
      server.drop('PUT ', when);
      await expect(adapter.store({ id: 'a' })).rejects.toMatchObject({ outcome: 'unknown' });
      expect(adapter.getMetrics().operations.store).toMatchObject({ attempts: 1, roundTrips: 1 });
    },
  );
});

describe('answers that are none', () => {
  let adapter: QdrantAdapter<Note>;
  beforeEach(async () => {
    adapter = await connected();
  });

  test.each([
    [
      { status: 429, headers: { 'retry-after': '7' } },
      'StorageConnectionError',
      'HTTP_429',
      true,
      'rejected',
    ],
    [
      { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } },
      'StorageConnectionError',
      'HTTP_429',
      true,
      'rejected',
    ],
    [{ status: 500 }, 'StorageQueryError', 'HTTP_500', true, 'unknown'],
    [{ status: 503, body: 'no upstream' }, 'StorageConnectionError', 'HTTP_503', true, 'unknown'],
    [{ status: 408 }, 'StorageTimeoutError', 'HTTP_408', true, 'unknown'],
    [{ status: 413, body: '' }, 'StorageDataError', 'HTTP_413', false, 'rejected'],
    [{ status: 202, body: {} }, 'StorageConnectionError', undefined, false, 'rejected'],
    [{ status: 200, body: '<html>log in</html>' }, 'StorageConnectionError', 'NOT_QDRANT', false, 'unknown'],
    [{ status: 200, body: { hello: 1 } }, 'StorageConnectionError', 'NOT_QDRANT', false, 'unknown'],
    [
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"result":' },
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
    [
      { status: 200, body: { result: { operation_id: 1, status: 'wait_timeout' }, status: 'ok' } },
      'StorageTimeoutError',
      'WAIT_TIMEOUT',
      true,
      'unknown',
    ],
  ])('%j make a write fail as %s', async (answer, name, code, retriable, outcome) => {
    server.answer('PUT ', answer);
    const error = await adapter.store({ id: 'a' }).catch((reason) => reason);
    expect(error).toMatchObject({ name, retriable, outcome, ids: ['a'] });
    expect(error.code).toBe(code);
  });

  test('a connection closed in the middle of an answer leaves a write unknown', async () => {
    server.drop('PUT ', 'within');
    await expect(adapter.store({ id: 'a' })).rejects.toMatchObject({
      name: 'StorageConnectionError',
      code: 'UND_ERR_SOCKET',
      outcome: 'unknown',
    });
    expect(await adapter.retrieve('a')).toEqual({ id: 'a' });
  });

  test('are got over by repeating, where the fault passes', async () => {
    const persistent = await connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
    server.answer('PUT ', { status: 503 }, 2);
    await persistent.store({ id: 'a' });
    expect(persistent.getMetrics().operations.store).toMatchObject({ attempts: 3, roundTrips: 3 });
  });

  test('a call that is aborted while the server works is unknown', async () => {
    const held = server.hold('PUT ');
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
  type Call = [string, (adapter: QdrantAdapter<Note>) => Promise<unknown>];
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
    const storing = adapter.store({ id: 'a', vector: [1, 0] }).catch((reason) => reason);
    await vi.waitFor(() => expect(listener.brought.size).toBeGreaterThan(0), { interval: 1 });
    await listener.close();
    expect(await storing).toMatchObject({ kind: 'connection', outcome: 'unknown' });
    await listener.listen();
  });
});
