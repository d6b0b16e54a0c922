import { getEventListeners } from 'node:events';
import { StorageAbortedError } from '../errors/errors.js';
import { describe, expect, test } from './framework/index.js';
import { everyCall, rejection, type Suite } from './suite.js';

/** Signals and deadlines. */
export function limitCases(suite: Suite): void {
  describe('a signal', () => {
    test.each(everyCall(suite))('a signal that fired before %s prevents all I/O', async (name, call) => {
      const adapter = await suite.connected();
      const before = suite.options.faults?.requests();
      const error = await rejection(call(adapter, { signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ name: StorageAbortedError.name, outcome: 'not_sent', attempts: 0 });
      expect(adapter.getMetrics().operations[name as 'store']).toMatchObject({ attempts: 0, roundTrips: 0 });
      expect(suite.options.faults?.requests()).toBe(before);
    });

    test.each(everyCall(suite))('a signal that fires during %s ends that call alone', async (_, call) => {
      const adapter = await suite.connected();
      const caller = new AbortController();
      const pending = rejection(call(adapter, { signal: caller.signal }));
      caller.abort();
      expect(await pending).toMatchObject({ name: StorageAbortedError.name, retriable: false, attempts: 1 });
      const record = suite.record();
      await adapter.store(record);
      await expect(adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    test('a signal may be shared by many calls at once, without a warning', async () => {
      const warnings: unknown[] = [];
      const note = (warning: unknown) => warnings.push(warning);
      process.on('warning', note);
      const { signal } = new AbortController();
      const ids = await Promise.all(
        suite.records(100, suite.unique()).map((record) => suite.adapter.store(record, { signal })),
      );
      await Promise.all(ids.map((id) => suite.adapter.retrieve(id, { signal })));
      process.removeListener('warning', note);
      expect(warnings).toEqual([]);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    test('a signal that fires during many calls at once ends them all', async () => {
      const adapter = await suite.connected();
      const caller = new AbortController();
      const calls = suite
        .records(100, suite.unique())
        .map((record) => adapter.store(record, { signal: caller.signal }));
      const pending = Promise.all(calls.map(rejection));
      caller.abort();
      for (const error of await pending) expect(error.kind).toBe('aborted');
      expect(adapter.getMetrics().operations.store).toMatchObject({ calls: 100, failed: 100 });
    });

    test('a signal that fires afterwards changes nothing', async () => {
      const caller = new AbortController();
      for (const [, call] of everyCall(suite)) await call(suite.adapter, { signal: caller.signal });
      expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
      caller.abort();
      await expect(suite.adapter.retrieve(suite.unique())).resolves.toBeNull();
    });
  });

  describe('a deadline', () => {
    test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
      'a deadline of %d ms is refused',
      async (timeoutMs) => {
        for (const [, call] of everyCall(suite)) {
          const error = await rejection(call(suite.adapter, { timeoutMs }));
          expect(error).toMatchObject({
            kind: 'data',
            code: 'INVALID_OPTION',
            outcome: 'not_sent',
            attempts: 0,
          });
        }
      },
    );
  });
}
