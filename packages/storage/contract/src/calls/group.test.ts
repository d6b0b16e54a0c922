import { describe, expect, test } from 'vitest';
import { rejection } from '../conformance/suite.js';
import { createAdapter } from '../create-adapter.js';
import { StorageAbortedError, StorageDataError, StorageTimeoutError } from '../errors/errors.js';
import { connected, rejected, reset } from '../testing/memory-adapter.fixture.js';
import { DriverError } from '../testing/memory-backend.fixture.js';

describe('calls that travel together', () => {
  test('fail one by one where one of them spoils the request', async () => {
    const { backend, adapter } = await connected();
    backend.script = ['ok', new DriverError(rejected), 'ok', new DriverError(rejected), 'ok'];
    const ends = await Promise.allSettled(['a', 'b', 'c', 'd'].map((id) => adapter.retrieve(id)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect((ends[2] as PromiseRejectedResult).reason).toBeInstanceOf(StorageDataError);
    expect(backend.requests).toEqual([
      'retrieve a',
      'retrieve b,c,d',
      'retrieve b',
      'retrieve c',
      'retrieve d',
    ]);
  });

  test('get the fault of their own record', async () => {
    const { backend, adapter } = await connected();
    backend.partial.push(new Map(), new Map([['c', rejected]]));
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((id) => adapter.store({ id })));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((ends[2] as PromiseRejectedResult).reason).toMatchObject({ code: 'WRONGTYPE', ids: ['c'] });
  });

  test('are each tried again after a fault of the connection', async () => {
    const { backend, adapter } = await connected();
    backend.script = ['ok', new DriverError(reset)];
    await Promise.all(['a', 'b', 'c'].map((id) => adapter.store({ id })));
    const { store } = adapter.getMetrics().operations;
    expect([...backend.entries.keys()]).toEqual(['a', 'b', 'c']);
    expect(store).toMatchObject({ calls: 3, succeeded: 3, attempts: 5, retries: 2, items: 3 });
  });

  test('count one round trip for all', async () => {
    const { adapter } = await connected();
    await Promise.all(['a', 'b', 'c'].map((id) => adapter.retrieve(id)));
    expect(adapter.getMetrics().operations.retrieve).toMatchObject({ calls: 3, attempts: 3, roundTrips: 2 });
  });

  test('each end at their deadline, with an unknown outcome once they were sent', async () => {
    const { backend } = await connected();
    const adapter = createAdapter(backend, { timeoutMs: 30 });
    await adapter.connect();
    backend.script = ['hang', 'hang'];
    const errors = await Promise.all(['a', 'b', 'c'].map((id) => rejection(adapter.store({ id }))));
    for (const error of errors) {
      expect(error).toBeInstanceOf(StorageTimeoutError);
      expect(error.outcome).toBe('unknown');
    }
  });

  test('do not end with one that its caller gives up, which travels by itself', async () => {
    const { backend, adapter } = await connected();
    const caller = new AbortController();
    const { signal } = caller;
    const calls = [adapter.retrieve('a'), adapter.retrieve('b'), adapter.retrieve('c')];
    const given = rejection(adapter.retrieve('d', { signal }));
    caller.abort();
    expect(await given).toMatchObject({ outcome: 'not_sent', constructor: StorageAbortedError });
    expect(await Promise.all(calls)).toEqual([null, null, null]);
    expect(backend.requests).toEqual(['retrieve a', 'retrieve b,c']);
  });

  test('have one signal and one timeoutMs', async () => {
    const { backend, adapter } = await connected();
    const { signal } = new AbortController();
    const options = [{}, { timeoutMs: 500 }, { timeoutMs: 500 }, { timeoutMs: 600 }, { signal }, { signal }];
    const calls = options.map((each, index) => adapter.retrieve(`${index}`, each));
    calls.push(adapter.retrieve('6', { signal: new AbortController().signal }));
    expect(await Promise.all(calls)).toEqual(calls.map(() => null));
    expect(backend.requests.toSorted()).toEqual([
      'retrieve 0',
      'retrieve 1,2',
      'retrieve 3',
      'retrieve 4,5',
      'retrieve 6',
    ]);
  });

  test('have one lifetime', async () => {
    const { backend, adapter } = await connected();
    const ttls = [1_000, 1_000, 2_000, undefined, 1_000];
    await Promise.all(ttls.map((ttlMs, index) => adapter.store({ id: `${index}` }, { ttlMs })));
    expect(backend.requests).toEqual(['store 0', 'store 1,4', 'store 2', 'store 3']);
  });

  test('are as many as a request holds', async () => {
    const { backend, adapter } = await connected((configured) => {
      configured.limits = { maxItems: 2, maxBytes: 1_000 };
    });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => adapter.retrieve(id)));
    expect(backend.requests).toEqual(['retrieve a', 'retrieve b,c', 'retrieve d,e']);
  });

  test('are none where the option says so', async () => {
    const { backend } = await connected();
    const adapter = createAdapter(backend, { coalesce: false });
    await adapter.connect();
    backend.requests.length = 0;
    await Promise.all(['a', 'b'].map((id) => adapter.retrieve(id)));
    expect(backend.requests).toEqual(['retrieve a', 'retrieve b']);
  });
});
