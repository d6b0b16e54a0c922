import { StorageConnectionError } from '../errors/errors.js';
import { describe, expect, test } from './framework/index.js';
import { everyCall, rejection, type Suite } from './suite.js';

/** From the first connect to the last disconnect. */
export function lifecycleCases(suite: Suite): void {
  describe('connect', () => {
    test('connect may be repeated and may be called many times at once', async () => {
      const adapter = await suite.fresh();
      await Promise.all(Array.from({ length: 5 }, () => adapter.connect()));
      const once = adapter.getMetrics().operations.connect;
      expect(once).toMatchObject({ calls: 5, succeeded: 5, attempts: 1 });
      await adapter.connect();
      expect(adapter.getMetrics().operations.connect?.attempts).toBe(1);
    });

    test('connect with a signal that fired before opens nothing', async () => {
      const adapter = await suite.fresh();
      const error = await rejection(adapter.connect({ signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ kind: 'aborted', outcome: 'not_sent', attempts: 0 });
      await adapter.connect();
    });

    test('connect after disconnect opens again and finds the records', async () => {
      const adapter = await suite.connected();
      const record = suite.record();
      await adapter.store(record);
      await adapter.disconnect();
      await adapter.connect();
      await expect(adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    test('adapters of one namespace see each other’s records', async () => {
      const [one, other] = [await suite.connected(), await suite.connected()];
      const record = suite.record();
      await one.store(record);
      await expect(other.retrieve(record.id)).resolves.toEqual(record);
    });
  });

  describe('disconnect', () => {
    test('disconnect does nothing before connect, and may be repeated', async () => {
      const adapter = await suite.fresh();
      await adapter.disconnect();
      await adapter.connect();
      await Promise.all([adapter.disconnect(), adapter.disconnect()]);
      await adapter.disconnect();
    });

    test('disconnect lets calls in flight finish', async () => {
      const adapter = await suite.connected();
      const record = suite.record();
      const storing = adapter.store(record);
      await adapter.disconnect();
      await expect(storing).resolves.toBe(record.id);
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    test('disconnect with a signal that fired before still closes', async () => {
      const adapter = await suite.connected();
      await adapter.disconnect({ signal: AbortSignal.abort() });
      expect((await rejection(adapter.retrieve('a'))).message).toContain('was disconnected');
    });
  });

  describe('without a connection', () => {
    test.each(everyCall(suite))('%s before connect says what to do', async (_, call) => {
      const error = await rejection(call(await suite.fresh()));
      expect(error).toMatchObject({
        name: StorageConnectionError.name,
        code: 'NOT_CONNECTED',
        outcome: 'not_sent',
      });
      expect(error.message).toContain('call connect() first');
    });

    test.each(everyCall(suite))('%s after disconnect says what to do', async (_, call) => {
      const adapter = await suite.connected();
      await adapter.disconnect();
      const error = await rejection(call(adapter));
      expect(error).toMatchObject({
        name: StorageConnectionError.name,
        code: 'NOT_CONNECTED',
        outcome: 'not_sent',
      });
      expect(error.message).toContain('call connect() again');
    });
  });

  describe('healthCheck', () => {
    test('healthCheck asks the server', async () => {
      const adapter = await suite.connected();
      const report = await adapter.healthCheck();
      expect(report.status).toBe('healthy');
      expect(report.latencyMs).toBeGreaterThan(0);
      expect(adapter.getMetrics().operations.healthCheck?.roundTrips).toBeGreaterThan(0);
    });

    test('healthCheck does not reject when there is no connection', async () => {
      const report = await (await suite.fresh()).healthCheck();
      expect(report).toMatchObject({
        status: 'unhealthy',
        error: { kind: 'connection', code: 'NOT_CONNECTED' },
      });
    });
  });
}
