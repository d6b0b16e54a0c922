import { describe, expect, test } from 'vitest';
import { rejection } from '../conformance/suite.js';
import { createAdapter } from '../create-adapter.js';
import { StorageAbortedError, StorageDataError, StorageTimeoutError } from '../errors/errors.js';
import { connected, rejected, reset } from '../testing/memory-adapter.fixture.js';
import { DriverError, type MemoryBackend } from '../testing/memory-backend.fixture.js';

const ORDERED = [true, false];

function ordered(isOrdered: boolean) {
  return (backend: MemoryBackend) => {
    backend.coalescing = { ordered: isOrdered };
  };
}

describe.each(ORDERED)('calls of one tick (ordered server: %s)', (isOrdered) => {
  test('travel together, and alone a call waits for nobody', async () => {
    const { backend, adapter } = await connected(ordered(isOrdered));
    const stored = adapter.store({ id: 'a' });
    expect(backend.requests).toEqual(['store a']);
    await stored;
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => adapter.retrieve(id)));
    expect(answers).toEqual([{ id: 'a' }, null, null, null]);
    expect(backend.requests).toEqual(['store a', 'retrieve a', 'retrieve b,c,d']);
    await Promise.all(['e', 'f', 'g'].map((id) => adapter.store({ id })));
    expect(backend.requests.slice(3)).toEqual(['store e', 'store f,g']);
  });

  test('keep the order of a store and a retrieve of one id, and of two stores', async () => {
    const { backend, adapter } = await connected(ordered(isOrdered));
    const answers = await Promise.all([
      adapter.store({ id: 'x' }),
      adapter.store({ id: 'a', number: 1 }),
      adapter.retrieve('a'),
      adapter.store({ id: 'a', number: 2 }),
      adapter.retrieve('a'),
      adapter.retrieve('x'),
    ]);
    expect(answers).toEqual(['x', 'a', { id: 'a', number: 1 }, 'a', { id: 'a', number: 2 }, { id: 'x' }]);
    expect(backend.entries.get('a')?.text).toBe('{"id":"a","number":2}');
  });

  test('each get an object of their own', async () => {
    const { adapter } = await connected(ordered(isOrdered));
    await adapter.store({ id: 'a', data: { list: [1] } });
    const all = await Promise.all(Array.from({ length: 4 }, () => adapter.retrieve('a')));
    expect(new Set(all).size).toBe(4);
    expect(new Set(all.map((one) => one?.data)).size).toBe(4);
    expect(all).toEqual(Array.from({ length: 4 }, () => ({ id: 'a', data: { list: [1] } })));
  });

  test('are not overtaken by what is called after them', async () => {
    const { backend, adapter } = await connected(ordered(isOrdered));
    const calls = [adapter.store({ id: 'a' }), adapter.store({ id: 'b' }), adapter.deleteBatch(['b'])];
    await Promise.all(calls);
    expect(backend.requests).toEqual(['store a', 'store b', 'delete b']);
  });
});

test('a server that keeps no order is asked about an id again only once it has answered the first', async () => {
  const { backend, adapter } = await connected(ordered(false));
  const store = backend.store.bind(backend);
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  backend.store = async (records, attempt) => {
    await slow;
    return store(records, attempt);
  };
  const calls = [adapter.store({ id: 'a', number: 1 }), adapter.retrieve('a'), adapter.retrieve('b')];
  await calls[2];
  expect(backend.requests).toEqual(['retrieve b']);
  answer();
  expect(await Promise.all(calls)).toEqual(['a', { id: 'a', number: 1 }, null]);
});

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
