import { recovered } from './faults.js';
import { describe, expect, test } from './framework/index.js';
import { telemetrySdk } from './framework/telemetry-sdk.js';
import { everyCall, rejection, type Suite } from './suite.js';

// Of OpenTelemetry, whose package need not be installed.
const CLIENT = 2;
const UNSET = 0;
const ERROR = 2;
const CANARY = 'canary-telemetry-2c6e';

/** Spans and durations as OpenTelemetry's own SDK receives them. */
export function telemetryCases(suite: Suite): void {
  describe('telemetry', () => {
    test.each(everyCall(suite))('%s makes one client span', async (operation, call) => {
      const { telemetry, spans } = await telemetrySdk();
      const adapter = await suite.connected({ telemetry });
      await call(adapter);
      const [connecting, span, ...more] = spans();
      expect(connecting?.attributes).toMatchObject({ 'db.operation.name': 'connect' });
      expect(more).toEqual([]);
      expect(span).toMatchObject({ kind: CLIENT, status: { code: UNSET } });
      const isBatch = operation.endsWith('Batch');
      const single = operation.replace('Batch', '');
      expect(span?.attributes).toMatchObject({
        'db.system.name': expect.stringMatching(/^[a-z0-9._]+$/),
        'db.operation.name': isBatch ? `BATCH ${single}` : single,
        ...(isBatch && { 'db.operation.batch.size': 2 }),
        'drydock.storage.retries': 0,
      });
      expect(span?.attributes).not.toHaveProperty('error.type');
      expect(span?.name.startsWith(`${span.attributes['db.operation.name']} `)).toBe(true);
    });

    test('a span names the server', async () => {
      const { telemetry, spans } = await telemetrySdk();
      await suite.connected({ telemetry });
      expect(spans()[0]?.attributes).toMatchObject(suite.options.telemetry ?? {});
    });

    test('spans and durations agree with the metrics', async () => {
      const { telemetry, spans, durations } = await telemetrySdk();
      const adapter = await suite.connected({ telemetry });
      for (const [, call] of everyCall(suite)) {
        await call(adapter);
        await rejection(call(adapter, { signal: AbortSignal.abort() }));
        await rejection(call(adapter, { timeoutMs: -1 }));
      }
      const { operations } = adapter.getMetrics();
      const attributes = spans().map((span) => span.attributes);
      const points = await durations();
      for (const [operation, metrics] of Object.entries(operations)) {
        const name = operation.endsWith('Batch') ? `BATCH ${operation.replace('Batch', '')}` : operation;
        const ours = attributes.filter((given) => given['db.operation.name'] === name);
        expect({
          calls: ours.length,
          failed: ours.filter((given) => given['error.type'] !== undefined).length,
          roundTrips: sum(ours.map((given) => given['drydock.storage.round_trips'])),
          retries: sum(ours.map((given) => given['drydock.storage.retries'])),
          measured: sum(points.filter((point) => point.operation === name).map(({ count }) => count)),
        }).toEqual({
          calls: metrics.calls,
          failed: metrics.failed,
          roundTrips: metrics.roundTrips,
          retries: metrics.retries,
          measured: metrics.latency.count,
        });
      }
    });

    if (suite.options.authenticates)
      test('the code of a server that refused is on the span and with the duration', async () => {
        const { telemetry, spans, durations } = await telemetrySdk();
        const error = await rejection((await suite.fresh({ telemetry }, CANARY)).connect());
        const failure = {
          'error.type': 'connection',
          'db.response.status_code': error.code?.replace('HTTP_', ''),
        };
        expect(spans().at(-1)?.attributes).toMatchObject(failure);
        expect((await durations()).map(({ attributes }) => attributes)).toMatchObject([failure]);
      });

    if (suite.options.faults)
      test('a server that did not answer has no code', async () => {
        const { telemetry, spans, durations } = await telemetrySdk();
        const adapter = await suite.connected({ telemetry, retry: { maxAttempts: 1 } });
        await suite.options.faults?.set('refuse');
        await rejection(adapter.retrieve('a'));
        await suite.options.faults?.set(undefined);
        // The shared adapter lost its connection too, and its next one would meet the fault of a later case.
        await recovered(suite.adapter);
        const points = await durations();
        for (const { attributes = {} } of [spans().at(-1) ?? {}, points.at(-1) ?? {}]) {
          expect(attributes).toHaveProperty('error.type', 'connection');
          expect(attributes).not.toHaveProperty('db.response.status_code');
        }
      });

    if (suite.options.faults)
      test('a span says how often a call was tried again', async () => {
        const { telemetry, spans } = await telemetrySdk();
        // With few attempts and short pauses all may come before the driver has connected again.
        const retry = { maxAttempts: 10, baseDelayMs: 20, maxDelayMs: 50 };
        const adapter = await suite.connected({ telemetry, retry });
        await suite.options.faults?.set('drop-unapplied');
        await adapter.store(suite.record());
        const retries = adapter.getMetrics().operations.store?.retries;
        expect(retries).toBeGreaterThan(0);
        expect(spans().at(-1)?.attributes).toMatchObject({ 'drydock.storage.retries': retries });
      });

    test('a span says the kind of a failure, and nothing that was stored, asked for or secret', async () => {
      const { telemetry, spans, durations } = await telemetrySdk();
      const adapter = await suite.connected({ telemetry });
      const record = suite.record({ id: CANARY, text: CANARY });
      await adapter.storeBatch([record, suite.record({ text: CANARY })]);
      await adapter.retrieve(CANARY);
      await rejection(adapter.store({ ...record, id: `${CANARY}\ud800` }));
      await adapter.delete(CANARY);
      if (suite.options.authenticates) {
        await rejection((await suite.fresh({ telemetry }, CANARY)).connect());
      }
      const exported = spans().map(({ name, attributes, status, events }) => ({
        name,
        attributes,
        status,
        events,
      }));
      expect(exported.filter(({ status }) => status.code === ERROR)).toMatchObject([
        { attributes: { 'error.type': 'data' }, status: { message: 'data' } },
        ...(suite.options.authenticates ? [{ attributes: { 'error.type': 'connection' } }] : []),
      ]);
      const seen = JSON.stringify([exported, await durations()]);
      for (const secret of [CANARY, ...(suite.options.secrets ?? [])])
        expect(seen.includes(secret), 'a secret or a payload shows').toBe(false);
    });
  });
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + Number(value), 0);
}
