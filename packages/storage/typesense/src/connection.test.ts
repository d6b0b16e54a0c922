import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { TypesenseAdapter } from './adapter.js';
import { connected, manageServer, type Note, server, WRITE } from './cases/offline.fixture.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

manageServer();

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
