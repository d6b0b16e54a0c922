import { describe, expect, test } from 'vitest';
import { connected } from '../testing/memory-adapter.fixture.js';
import type { MemoryBackend } from '../testing/memory-backend.fixture.js';

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

test('calls about one id on a server that keeps no order go one after the other, however many', async () => {
  const { backend, adapter } = await connected(ordered(false));
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  await Promise.all(numbers.map((number) => adapter.store({ id: 'a', number })));
  expect(backend.requests).toEqual(numbers.map(() => 'store a'));
  expect(backend.entries.get('a')?.text).toBe('{"id":"a","number":49}');
});

test('reads of one id go side by side, also while another waits to write it', async () => {
  const { backend, adapter } = await connected(ordered(false));
  await adapter.store({ id: 'a', number: 1 });
  const answers = await Promise.all([
    adapter.retrieve('a'),
    adapter.retrieve('a'),
    adapter.store({ id: 'a', number: 2 }),
    adapter.retrieve('a'),
  ]);
  expect(answers).toEqual([{ id: 'a', number: 1 }, { id: 'a', number: 1 }, 'a', { id: 'a', number: 2 }]);
  expect(backend.requests.slice(1)).toEqual(['retrieve a', 'retrieve a', 'store a', 'retrieve a']);
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

test('calls wait while many requests are on their way; those with a signal of their own do not', async () => {
  const { backend, adapter } = await connected(ordered(false));
  const store = backend.store.bind(backend);
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  backend.store = (records, attempt) => slow.then(() => store(records, attempt));
  const ttls = [1_000, 2_000, 3_000, 4_000, 5_000];
  const calls: Promise<unknown>[] = ttls.map((ttlMs) => adapter.store({ id: `${ttlMs}` }, { ttlMs }));
  calls.push(adapter.retrieve('a'), adapter.retrieve('b'));
  const { signal } = new AbortController();
  expect(await adapter.retrieve('c', { signal })).toBeNull();
  expect(backend.requests).toEqual(['retrieve c']);
  answer();
  await Promise.all(calls);
  expect(backend.requests.slice(1).toSorted()).toEqual([
    'retrieve a,b',
    ...ttls.map((ttlMs) => `store ${ttlMs}`),
  ]);
});
