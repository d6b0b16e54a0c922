import type { OperationMetrics } from '../telemetry/metrics.js';
import { describe, expect, test } from './framework/index.js';
import { everyCall, rejection, type Suite } from './suite.js';

/** Counters that can be trusted. */
export function metricsCases(suite: Suite): void {
  describe('metrics', () => {
    test('metrics start empty', async () => {
      const metrics = (await suite.fresh()).getMetrics();
      expect(metrics.operations).toEqual({});
    });

    test('metrics add up over successes, failures and aborts', async () => {
      const adapter = await suite.connected();
      for (const [, call] of everyCall(suite)) {
        await call(adapter);
        await rejection(call(adapter, { signal: AbortSignal.abort() }));
        await rejection(call(adapter, { timeoutMs: -1 }));
      }
      const { connect: _, ...operations } = adapter.getMetrics().operations;
      expect(Object.keys(operations)).toEqual(everyCall(suite).map(([name]) => name));
      for (const metrics of Object.values(operations)) {
        expect(metrics).toMatchObject({
          calls: 3,
          succeeded: 1,
          failed: 2,
          failures: { aborted: 1, data: 1 },
        });
        expect(metrics.attempts).toBeGreaterThanOrEqual(1);
        expectSane(metrics);
      }
    });

    test('metrics count calls in flight', async () => {
      const adapter = await suite.connected();
      const storing = adapter.store(suite.record());
      expect(adapter.getMetrics().operations.store).toMatchObject({ calls: 1, succeeded: 0, failed: 0 });
      await storing;
      expect(adapter.getMetrics().operations.store).toMatchObject({ calls: 1, succeeded: 1, failed: 0 });
    });

    test('metrics count the items of a batch', async () => {
      const adapter = await suite.connected();
      const ids = await adapter.storeBatch(suite.records(5, suite.unique()));
      await adapter.deleteBatch(ids);
      const { storeBatch, deleteBatch } = adapter.getMetrics().operations;
      expect([storeBatch?.items, deleteBatch?.items]).toEqual([5, 5]);
    });

    test.each(everyCall(suite))('metrics show the round trips of %s', async (name, call) => {
      const adapter = await suite.connected();
      await call(adapter);
      await call(adapter);
      const before = adapter.getMetrics().operations[name as 'store']?.roundTrips ?? 0;
      await call(adapter);
      const after = adapter.getMetrics().operations[name as 'store']?.roundTrips ?? 0;
      const { roundTrips } = suite.capabilities;
      if (roundTrips === undefined || roundTrips === 'vary') expect(after - before).toBeGreaterThanOrEqual(1);
      else expect(after - before).toBe(roundTrips[name as 'store'] ?? 1);
    });
  });
}

function expectSane({ calls, attempts, retries, latency }: OperationMetrics): void {
  expect(latency.count).toBe(calls);
  expect(attempts).toBeGreaterThanOrEqual(retries);
  const { min, p50, p95, p99, max } = latency;
  expect([min, p50, p95, p99, max]).toEqual([min, p50, p95, p99, max].toSorted((a, b) => a - b));
}
