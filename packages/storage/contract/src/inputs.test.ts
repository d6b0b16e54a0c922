import { describe, expect, test } from 'vitest';
import { createAdapter } from './create-adapter.js';
import { StorageError } from './errors/storage-error.js';
import { MemoryBackend } from './testing/memory-backend.fixture.js';

const PAYLOAD = 'canary-input-51c7';

async function connected() {
  const backend = new MemoryBackend();
  const adapter = createAdapter(backend, { timeoutMs: 1_000 });
  await adapter.connect();
  backend.requests.length = 0;
  return { backend, adapter };
}

type Adapter = Awaited<ReturnType<typeof connected>>['adapter'];

/** As callers without types would: nothing here is what the contract takes. */
const anything = (value: unknown) => value as never;

const throwing = {
  get id(): string {
    throw new Error(PAYLOAD);
  },
};

const CALLS: readonly [string, string, (adapter: Adapter) => Promise<unknown>][] = [
  ['storeBatch of nothing', 'INVALID_BATCH', (adapter) => adapter.storeBatch(anything(undefined))],
  ['storeBatch of a set', 'INVALID_BATCH', (adapter) => adapter.storeBatch(anything(new Set([{}])))],
  ['retrieveBatch of nothing', 'INVALID_BATCH', (adapter) => adapter.retrieveBatch(anything(null))],
  ['retrieveBatch of a text', 'INVALID_BATCH', (adapter) => adapter.retrieveBatch(anything('abc'))],
  ['deleteBatch of nothing', 'INVALID_BATCH', (adapter) => adapter.deleteBatch(anything(undefined))],
  ['search for nothing', 'INVALID_QUERY', (adapter) => adapter.search(anything(undefined))],
  ['store of what throws', 'UNREADABLE_RECORD', (adapter) => adapter.store(anything(throwing))],
  ['a signal that is none', 'INVALID_OPTION', (adapter) => adapter.retrieve('a', anything({ signal: {} }))],
  ['a signal that is null', 'INVALID_OPTION', (adapter) => adapter.retrieve('a', anything({ signal: null }))],
  ['a deadline in text', 'INVALID_OPTION', (adapter) => adapter.retrieve('a', anything({ timeoutMs: '9' }))],
];

describe('what is not of the contract’s types', () => {
  test.each(CALLS)('%s is refused like any other fault, before any I/O', async (_, code, call) => {
    const { backend, adapter } = await connected();
    const error: StorageError = await call(adapter).then(
      () => expect.fail('it should have rejected'),
      (reason) => reason,
    );
    expect(StorageError.isInstance(error), `not a StorageError: ${error?.name}`).toBe(true);
    expect(error).toMatchObject({ code, retriable: false, outcome: 'not_sent', attempts: 0 });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(PAYLOAD);
    expect(backend.requests).toEqual([]);
  });

  test('a record that throws is named by its index, and the others are stored', async () => {
    const { backend, adapter } = await connected();
    const error = await adapter.storeBatch([{ id: 'a' }, throwing, { id: 'b' }]).catch((reason) => reason);
    expect(error.failures).toMatchObject([{ index: 1, code: 'UNREADABLE_RECORD', outcome: 'not_sent' }]);
    expect([...backend.entries.keys()]).toEqual(['a', 'b']);
  });
});

test('a deadline that passes while a large batch is encoded ends it there, with nothing sent', async () => {
  const { backend, adapter } = await connected();
  let encoded = 0;
  const slow = (id: number) => ({
    id: String(id),
    get text() {
      encoded += 1;
      for (const end = performance.now() + 0.2; performance.now() < end; );
      return 'slow';
    },
  });
  const records = Array.from({ length: 10_000 }, (_, id) => slow(id));
  const error = await adapter.storeBatch(records, { timeoutMs: 50 }).catch((reason) => reason);
  expect(error).toMatchObject({ kind: 'timeout', code: 'DEADLINE', outcome: 'not_sent' });
  expect(encoded).toBeLessThan(records.length / 2);
  expect(backend.requests).toEqual([]);
});
