import { describe, expect, test } from 'vitest';
import { rejection } from '../conformance/suite.js';
import { createAdapter } from '../create-adapter.js';
import { StorageAbortedError, StorageConnectionError } from '../errors/errors.js';
import { connected, refused } from '../testing/memory-adapter.fixture.js';
import { DriverError, MemoryBackend } from '../testing/memory-backend.fixture.js';

describe('lifecycle', () => {
  test('concurrent connects share one opening; a later one does nothing', async () => {
    const backend = new MemoryBackend();
    const adapter = createAdapter(backend);
    await Promise.all([adapter.connect(), adapter.connect(), adapter.connect()]);
    await adapter.connect();
    expect(backend.opened).toBe(1);
  });

  test('one caller who gives up does not end the opening for the others', async () => {
    const backend = new MemoryBackend();
    const adapter = createAdapter(backend);
    const impatient = new AbortController();
    const first = rejection(adapter.connect({ signal: impatient.signal }));
    const second = adapter.connect();
    impatient.abort();
    expect(await first).toBeInstanceOf(StorageAbortedError);
    await second;
    expect(backend).toMatchObject({ opened: 1, closed: 0 });
  });

  test('when every caller gave up, the opening is closed and the next connect starts afresh', async () => {
    const backend = new MemoryBackend();
    backend.script = [new DriverError(refused)];
    const adapter = createAdapter(backend, { retry: { maxAttempts: 1 } });
    expect(await rejection(adapter.connect())).toMatchObject({ code: 'ECONNREFUSED', attempts: 1 });
    expect(backend).toMatchObject({ opened: 0, closed: 1 });
    await adapter.connect();
    expect(backend.opened).toBe(1);
  });

  test.each([
    ['before connect', async () => {}, 'is not connected'],
    [
      'after disconnect',
      async (adapter: ReturnType<typeof createAdapter>) => {
        await adapter.connect();
        await adapter.disconnect();
      },
      'was disconnected',
    ],
  ])('a call %s says what to do and sends nothing', async (_, prepare, words) => {
    const backend = new MemoryBackend();
    const adapter = createAdapter(backend);
    await prepare(adapter as never);
    backend.requests.length = 0;
    const error = await rejection(adapter.retrieve('a'));
    expect(error).toBeInstanceOf(StorageConnectionError);
    expect(error.message).toContain(words);
    expect(error).toMatchObject({ retriable: false, outcome: 'not_sent', attempts: 0 });
    expect(backend.requests).toEqual([]);
  });

  test('disconnect waits for calls in flight, then closes once', async () => {
    const { backend, adapter } = await connected();
    const stored = adapter.store({ id: 'a' });
    await Promise.all([adapter.disconnect(), adapter.disconnect()]);
    await expect(stored).resolves.toBe('a');
    expect(backend.closed).toBe(1);
    await adapter.disconnect();
    expect(backend.closed).toBe(1);
  });

  test('disconnect ends calls that outlive its own deadline', async () => {
    const { backend, adapter } = await connected();
    backend.script = ['hang'];
    const stored = rejection(adapter.store({ id: 'a' }));
    await adapter.disconnect({ timeoutMs: 20 });
    const error = await stored;
    expect(error).toBeInstanceOf(StorageAbortedError);
    expect(error).toMatchObject({ outcome: 'unknown', code: 'DISCONNECTED' });
  });

  test('disconnect during connect ends the opening', async () => {
    const backend = new MemoryBackend();
    backend.script = ['hang'];
    const adapter = createAdapter(backend);
    const connecting = rejection(adapter.connect());
    await adapter.disconnect({ timeoutMs: 50 });
    expect(await connecting).toBeInstanceOf(StorageAbortedError);
  });
});
