import { StorageConnectionError, StorageTimeoutError } from '../errors/errors.js';
import { describe, expect, test, waitFor } from './framework/index.js';
import type { FaultKit } from './options.js';
import { everyCall, rejection, type Suite } from './suite.js';

/** What a busy machine may add to a deadline; far below the 5 s of a call without one. */
const SLACK_MS = 500;

/** A server that fails. */
export function faultCases(suite: Suite): void {
  const { faults } = suite.options;
  if (!faults) return;

  describe('a server that takes no connections', () => {
    test('connect fails after all attempts when the server refuses', async () => {
      await faults.set('refuse');
      const adapter = await suite.fresh({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
      const error = await rejection(adapter.connect());
      expect(error).toMatchObject({
        name: StorageConnectionError.name,
        retriable: true,
        outcome: 'not_sent',
        attempts: 3,
      });
    });

    test.each(everyCall(suite))(
      '%s fails after all attempts when the server refuses, nothing sent',
      async (_, call) => {
        const adapter = await suite.connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
        await faults.set('refuse');
        const error = await rejection(call(adapter));
        expect(error).toMatchObject({
          name: StorageConnectionError.name,
          retriable: true,
          outcome: 'not_sent',
          attempts: 3,
        });
      },
    );

    test('retries with a server that refuses end at the deadline', async () => {
      const adapter = await suite.connected({
        retry: { maxAttempts: 1_000_000, baseDelayMs: 20, maxDelayMs: 50 },
      });
      await faults.set('refuse');
      const started = performance.now();
      const error = await rejection(adapter.store(suite.record(), { timeoutMs: 300 }));
      expect(performance.now() - started).toBeLessThan(300 + SLACK_MS);
      expect(error.outcome).toBe('not_sent');
      expect(error.attempts).toBeGreaterThan(2);
    });

    test('healthCheck reports a server that refuses, and does not reject', async () => {
      const adapter = await suite.connected();
      await faults.set('refuse');
      const report = await adapter.healthCheck({ timeoutMs: 1_000 });
      expect(report).toMatchObject({ status: 'unhealthy', error: { kind: 'connection', attempts: 1 } });
    });

    test('the adapter uses a server again that refused and is back', async () => {
      const adapter = await suite.connected({ retry: { maxAttempts: 1 } });
      await faults.set('refuse');
      await rejection(adapter.retrieve('a'));
      await faults.set(undefined);
      await recovered(adapter);
    });
  });

  describe('a server that does not answer', () => {
    test.each(everyCall(suite))('%s ends at its deadline when the server is silent', async (_, call) => {
      const adapter = await suite.connected();
      await faults.set('silence');
      const started = performance.now();
      const error = await rejection(call(adapter, { timeoutMs: 200 }));
      expect(error).toMatchObject({ name: StorageTimeoutError.name, outcome: 'unknown', attempts: 1 });
      expect(performance.now() - started).toBeGreaterThanOrEqual(195);
      expect(performance.now() - started).toBeLessThan(200 + SLACK_MS);
    });

    test('connect ends at its deadline when the server is silent', async () => {
      await faults.set('silence');
      const adapter = await suite.fresh();
      const error = await rejection(adapter.connect({ timeoutMs: 200 }));
      expect(error).toMatchObject({ name: StorageTimeoutError.name, outcome: 'not_sent', attempts: 1 });
    });

    test('healthCheck reports a silent server within its deadline', async () => {
      const adapter = await suite.connected();
      await faults.set('silence');
      const report = await adapter.healthCheck({ timeoutMs: 200 });
      expect(report).toMatchObject({ status: 'unhealthy', error: { kind: 'timeout' } });
      expect(report.latencyMs).toBeLessThan(200 + SLACK_MS);
    });

    test('the adapter uses a server again that was silent and answers', async () => {
      const adapter = await suite.connected();
      await faults.set('silence');
      await rejection(adapter.retrieve('a', { timeoutMs: 50 }));
      await faults.set(undefined);
      await recovered(adapter);
    });
  });

  describe.each(['drop-unapplied', 'drop-applied'] as const)(
    'a connection lost while waiting (%s)',
    (fault) => {
      const repeated = everyCall(suite).filter(([name]) => !name.startsWith('delete'));
      const notRepeated = everyCall(suite).filter(([name]) => name.startsWith('delete'));

      test.each(repeated)('%s is repeated when its connection is lost', async (name, call) => {
        const adapter = await suite.connected({
          retry: { maxAttempts: 10, baseDelayMs: 20, maxDelayMs: 50 },
        });
        await faults.set(fault);
        await call(adapter);
        expect(adapter.getMetrics().operations[name as 'store']?.retries).toBeGreaterThanOrEqual(1);
      });

      test.each(notRepeated)('%s is not repeated when its connection is lost', async (_, call) => {
        const adapter = await suite.connected({ retry: { maxAttempts: 10, baseDelayMs: 20 } });
        await faults.set(fault);
        const error = await rejection(call(adapter));
        expect(error).toMatchObject({
          name: StorageConnectionError.name,
          retriable: true,
          outcome: 'unknown',
          attempts: 1,
        });
      });

      test('a write whose connection is lost has an unknown outcome', async () => {
        const adapter = await suite.connected({ retry: { maxAttempts: 1 } });
        const record = suite.record();
        await faults.set(fault);
        const error = await rejection(adapter.store(record));
        expect(error).toMatchObject({
          name: StorageConnectionError.name,
          outcome: 'unknown',
          ids: [record.id],
        });
        const applied = await suite.adapter
          .retrieve(record.id)
          .catch(() => suite.adapter.retrieve(record.id));
        expect(applied).toEqual(fault === 'drop-applied' ? record : null);
      });
    },
  );

  test('no fault leaves an unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      await provoke(suite, faults);
      await new Promise((resolve) => setImmediate(resolve));
      expect(unhandled).toEqual([]);
    } finally {
      process.removeListener('unhandledRejection', note);
    }
  });
}

/** Settles when an adapter serves again after a fault. */
export async function recovered(adapter: Suite['adapter']): Promise<void> {
  await waitFor(async () => expect(await adapter.retrieve('a')).toBeNull(), {
    timeout: 5_000,
    interval: 20,
  });
}

async function provoke(suite: Suite, faults: FaultKit): Promise<void> {
  for (const fault of ['refuse', 'silence', 'drop-unapplied', 'drop-applied'] as const) {
    const adapter = await suite.connected({ retry: { maxAttempts: 2, baseDelayMs: 1 } });
    await faults.set(fault);
    await Promise.allSettled(everyCall(suite).map(([, call]) => call(adapter, { timeoutMs: 50 })));
    await adapter.disconnect({ timeoutMs: 50 });
    await faults.set(undefined);
  }
}
