import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { rejection } from './conformance/suite.js';
import { StorageAbortedError, StorageTimeoutError } from './errors/errors.js';
import { connected, refused, rejected } from './testing/memory-adapter.fixture.js';
import { DriverError } from './testing/memory-backend.fixture.js';

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
  test('no error shows anything of the driver’s', async () => {
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

  test('metrics add up over successes, failures and retries', async () => {
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

  test('an error of a batch of ten thousand stays small', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(rejected)];
    backend.limits = { maxItems: 10_000, maxBytes: 1e9 };
    const records = Array.from({ length: 10_000 }, (_, index) => ({ id: `${index}` }));
    const error = await rejection(adapter.storeBatch(records));
    expect(error.failures).toHaveLength(10_000);
    expect(error.ids).toHaveLength(100);
    expect(error.message.length).toBeLessThan(300);
  });

  test('a late failure of an abandoned request is not an unhandled rejection', async () => {
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
