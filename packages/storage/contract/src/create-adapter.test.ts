import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { createAdapter } from './create-adapter.js';
import { StorageAbortedError, StorageConnectionError, StorageTimeoutError } from './errors.js';
import type { Fault } from './fault.js';
import { DriverError, MemoryBackend } from './memory-backend.fixture.js';
import type { StorageError } from './storage-error.js';

const refused: Fault = { kind: 'connection', retriable: true, outcome: 'not_sent', code: 'ECONNREFUSED' };
const reset: Fault = { kind: 'connection', retriable: true, outcome: 'unknown', code: 'ECONNRESET' };
const rejected: Fault = { kind: 'data', retriable: false, outcome: 'rejected', code: 'WRONGTYPE' };

async function connected(configure: (backend: MemoryBackend) => void = () => {}) {
  const backend = new MemoryBackend();
  configure(backend);
  const adapter = createAdapter(backend, { timeoutMs: 1_000, retry: { baseDelayMs: 0 } });
  await adapter.connect();
  backend.requests.length = 0;
  return { backend, adapter };
}

const rejection = (promise: Promise<unknown>): Promise<StorageError> =>
  promise.then(
    () => expect.fail('it should have rejected'),
    (error) => error,
  );

describe('retries', () => {
  test('a store that may have been applied is repeated with the same generated id', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(reset)];
    const id = await adapter.store({ text: 'a' });
    expect(backend.requests).toEqual([`store ${id}`, `store ${id}`]);
  });

  test('a delete that may have been applied is not repeated: its answer would lie', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(reset)];
    const error = await rejection(adapter.delete('a'));
    expect(error).toMatchObject({ outcome: 'unknown', retriable: true, attempts: 1 });
    expect(backend.requests).toHaveLength(1);
  });

  test('doubt stays: a refusal after an unknown outcome is unknown', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(reset), new DriverError(refused), new DriverError(refused)];
    const error = await rejection(adapter.store({ id: 'a' }));
    expect(error).toMatchObject({ code: 'ECONNREFUSED', outcome: 'unknown', attempts: 3 });
  });

  test('of a partly failed request only the failed records are sent again', async () => {
    const { backend, adapter } = await connected();
    backend.partial.push(
      new Map([
        ['b', { ...refused, outcome: 'rejected' }],
        ['c', rejected],
      ]),
    );
    const error = await rejection(adapter.storeBatch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]));
    expect(backend.requests).toEqual(['store a,b,c', 'store b']);
    expect(error.failures).toEqual([
      { index: 2, id: 'c', kind: 'data', retriable: false, outcome: 'rejected', code: 'WRONGTYPE' },
    ]);
  });
});

describe('batches', () => {
  test('are cut by items and by bytes, and what is too large travels alone', async () => {
    const { backend, adapter } = await connected();
    backend.limits = { maxItems: 3, maxBytes: 60 };
    const big = 'x'.repeat(100);
    await adapter.storeBatch([
      { id: 'a' },
      { id: 'b' },
      { id: 'c' },
      { id: 'd' },
      { id: 'e', text: big },
      { id: 'f' },
    ]);
    expect(backend.requests).toEqual(['store a,b,c', 'store d', 'store e', 'store f']);
  });

  test('a refused chunk does not stop the others; the failures are named by index', async () => {
    const { backend, adapter } = await connected();
    backend.limits = { maxItems: 2, maxBytes: 1_000 };
    backend.script = [new DriverError(rejected)];
    const error = await rejection(adapter.storeBatch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]));
    expect(error.kind).toBe('data');
    expect(error.failures?.map(({ index }) => index)).toEqual([0, 1]);
    expect([...backend.entries.keys()]).toEqual(['c']);
  });

  test('a lost connection ends the batch: the rest was not sent', async () => {
    const { backend, adapter } = await connected();
    backend.limits = { maxItems: 1, maxBytes: 1_000 };
    backend.script = ['ok', ...Array.from({ length: 3 }, () => new DriverError(reset))];
    const error = await rejection(adapter.storeBatch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]));
    expect(error).toMatchObject({ kind: 'connection', outcome: 'unknown' });
    expect(error.failures?.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['b', 'unknown'],
      ['c', 'not_sent'],
    ]);
    expect(backend.requests).toEqual(['store a', 'store b', 'store b', 'store b']);
  });

  test('what cannot be encoded is named; what can is stored', async () => {
    const { backend, adapter } = await connected();
    const bad = { id: 'bad', text: 1n as unknown as string };
    const error = await rejection(adapter.storeBatch([bad, { id: 'good' }]));
    expect(error.failures).toMatchObject([{ index: 0, id: 'bad', kind: 'data', outcome: 'not_sent' }]);
    expect(backend.requests).toEqual(['store good']);
  });
});

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
  ])('use %s says what to do and sends nothing', async (_, prepare, words) => {
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

  test('disconnect ends what outlives its own deadline', async () => {
    const { backend, adapter } = await connected();
    backend.script = ['hang'];
    const stored = rejection(adapter.store({ id: 'a' }));
    await adapter.disconnect({ timeoutMs: 20 });
    const error = await stored;
    expect(error).toBeInstanceOf(StorageAbortedError);
    expect(error).toMatchObject({ outcome: 'unknown', code: 'DISCONNECTED' });
  });

  test('disconnect during connect ends it', async () => {
    const backend = new MemoryBackend();
    backend.script = ['hang'];
    const adapter = createAdapter(backend);
    const connecting = rejection(adapter.connect());
    await adapter.disconnect({ timeoutMs: 50 });
    expect(await connecting).toBeInstanceOf(StorageAbortedError);
  });
});

describe('deadline and signal', () => {
  test('a hanging server ends in a timeout of unknown outcome', async () => {
    const { backend, adapter } = await connected();
    backend.script = ['hang'];
    const error = await rejection(adapter.store({ id: 'a' }, { timeoutMs: 30 }));
    expect(error).toBeInstanceOf(StorageTimeoutError);
    expect(error).toMatchObject({ outcome: 'unknown', code: 'DEADLINE', attempts: 1 });
  });

  test('a signal that fired before sends nothing', async () => {
    const { backend, adapter } = await connected();
    const error = await rejection(adapter.store({ id: 'a' }, { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(StorageAbortedError);
    expect(error).toMatchObject({ outcome: 'not_sent', attempts: 0 });
    expect(backend.requests).toEqual([]);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'a timeoutMs of %d is refused',
    async (timeoutMs) => {
      const { backend, adapter } = await connected();
      const error = await rejection(adapter.retrieve('a', { timeoutMs }));
      expect(error).toMatchObject({ kind: 'data', code: 'INVALID_OPTION' });
      expect(backend.requests).toEqual([]);
    },
  );
});

describe('what others see', () => {
  test('nothing of the driver’s error', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError({})];
    const error = await rejection(adapter.store({ id: 'a', text: 'canary-payload' }));
    const seen = [
      inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      JSON.stringify(error),
      error.stack,
      inspect(adapter, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      JSON.stringify(adapter),
      JSON.stringify(adapter.getMetrics()),
    ].join('\n');
    expect(seen).not.toContain('canary');
    expect(error.cause).toBeUndefined();
  });

  test('metrics add up', async () => {
    const { backend, adapter } = await connected();
    backend.script = ['ok', new DriverError(refused), 'ok', new DriverError(rejected)];
    await adapter.store({ id: 'a' });
    await adapter.store({ id: 'b' });
    await rejection(adapter.store({ id: 'c' }));
    const metrics = adapter.getMetrics().operations.store;
    expect(metrics).toMatchObject({
      calls: 3,
      succeeded: 2,
      failed: 1,
      attempts: 4,
      retries: 1,
      roundTrips: 4,
      items: 3,
      failures: { data: 1 },
      latency: { count: 3 },
    });
  });

  test('a fault of a batch in ten thousand keeps the error small', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(rejected)];
    backend.limits = { maxItems: 10_000, maxBytes: 1e9 };
    const records = Array.from({ length: 10_000 }, (_, index) => ({ id: `${index}` }));
    const error = await rejection(adapter.storeBatch(records));
    expect(error.failures).toHaveLength(10_000);
    expect(error.ids).toHaveLength(100);
    expect(error.message.length).toBeLessThan(300);
  });

  test('a late failure of an abandoned request goes unnoticed', async () => {
    const unhandled = vi.fn();
    process.once('unhandledRejection', unhandled);
    const { backend, adapter } = await connected();
    let fail = () => {};
    backend.store = (_, attempt) => {
      attempt.sending();
      return new Promise((_, reject) => {
        fail = () => reject(new Error('late'));
      });
    };
    await rejection(adapter.store({ id: 'a' }, { timeoutMs: 10 }));
    fail();
    await new Promise((resolve) => setImmediate(resolve));
    process.removeListener('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
