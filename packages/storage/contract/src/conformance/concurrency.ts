import { describe, expect, NotApplicable, test } from './framework/index.js';
import { rejection, type Suite } from './suite.js';

const AT_ONCE = 20;
const MANY = 64;

/** Calls about one record each that are made at the same time, which may travel in one request. */
export function concurrencyCases(suite: Suite): void {
  describe('calls at the same time', () => {
    test('each store and each retrieve has the answer of its own', async () => {
      const records = Array.from({ length: AT_ONCE }, () => suite.record());
      const ids = records.map(({ id }) => id);
      const stored = Promise.all(records.map((record) => suite.adapter.store(record)));
      await expect(stored).resolves.toEqual(ids);
      const asked = [...ids, suite.unique()];
      const read = Promise.all(asked.map((id) => suite.adapter.retrieve(id)));
      await expect(read).resolves.toEqual([...records, null]);
    });

    test('many share few requests, and none where the option says so', async () => {
      const roundTripsOf = async (coalesce: boolean) => {
        const adapter = await suite.connected({ coalesce });
        const records = suite.records(MANY, suite.unique());
        await Promise.all(records.map((record) => adapter.store(record)));
        const read = await Promise.all(records.map(({ id }) => adapter.retrieve(id)));
        expect(read).toEqual(records);
        const { store, retrieve } = adapter.getMetrics().operations;
        expect([store?.succeeded, retrieve?.succeeded]).toEqual([MANY, MANY]);
        return [store?.roundTrips ?? 0, retrieve?.roundTrips ?? 0];
      };
      const shared = await roundTripsOf(true);
      const alone = await roundTripsOf(false);
      const { sharesRequests } = suite.capabilities;
      // What a backend declares needs no word; what was found out is told.
      if (sharesRequests === false) return;
      if (sharesRequests === undefined && Math.max(...shared) >= MANY)
        throw new NotApplicable('calls at the same time travel alone');
      expect(Math.min(...alone)).toBeGreaterThanOrEqual(MANY);
      expect(Math.max(...shared)).toBeLessThan(MANY / 4);
    });

    test('those about one record keep their order', async () => {
      const first = suite.record({ number: 1 });
      const second = suite.record({ id: first.id, number: 2 });
      const others = suite.records(4, suite.unique());
      const calls = [
        ...others.map((other) => suite.adapter.store(other)),
        suite.adapter.store(first),
        suite.adapter.retrieve(first.id),
        suite.adapter.store(second),
        suite.adapter.retrieve(first.id),
        suite.adapter.retrieve(others[0]?.id ?? ''),
      ];
      const answers = await Promise.all(calls);
      expect(answers.slice(4)).toEqual([first.id, first, first.id, second, others[0]]);
    });

    test('those with one signal end together, and no others', async () => {
      const caller = new AbortController();
      const { signal } = caller;
      const records = suite.records(8, suite.unique());
      const kept = records.slice(0, 4).map((record) => suite.adapter.store(record));
      const given = records.slice(4).map((record) => rejection(suite.adapter.store(record, { signal })));
      caller.abort();
      for (const error of await Promise.all(given)) expect(error.kind).toBe('aborted');
      await expect(Promise.all(kept)).resolves.toEqual(records.slice(0, 4).map(({ id }) => id));
    });

    test('one that cannot be stored fails by itself', async () => {
      const records = suite.records(6, suite.unique());
      const bad = { ...records[3], id: '' } as (typeof records)[number];
      const calls = records.map((record, index) => suite.adapter.store(index === 3 ? bad : record));
      const ends = await Promise.allSettled(calls);
      expect(ends.map(({ status }) => status === 'fulfilled')).toEqual(
        records.map((_, index) => index !== 3),
      );
    });

    test('whoever reads one record at the same time gets an object of his own', async () => {
      const record = suite.record();
      await suite.adapter.store(record);
      const all = await Promise.all(Array.from({ length: 4 }, () => suite.adapter.retrieve(record.id)));
      expect(all).toEqual(Array.from({ length: 4 }, () => record));
      expect(new Set(all).size).toBe(4);
    });

    test('one that is given up does not end the others', async () => {
      const records = Array.from({ length: 4 }, () => suite.record());
      const caller = new AbortController();
      const stored = records.map((record) => suite.adapter.store(record));
      const given = suite.adapter.retrieve(suite.unique(), { signal: caller.signal });
      caller.abort();
      await expect(given).rejects.toMatchObject({ kind: 'aborted' });
      await expect(Promise.all(stored)).resolves.toEqual(records.map(({ id }) => id));
    });
  });

  const { faults } = suite.options;
  if (!faults) return;

  describe('calls at the same time on a server that fails', () => {
    test('each end at a deadline, and what was sent has an unknown outcome', async () => {
      const adapter = await suite.connected();
      await faults.set('silence');
      const calls = suite.records(6, suite.unique()).map((record, index) =>
        // Two of each, so that some could share a request.
        rejection(adapter.store(record, { timeoutMs: 100 + 50 * (index % 3) })),
      );
      const errors = await Promise.all(calls);
      for (const error of errors) expect(error).toMatchObject({ kind: 'timeout', attempts: 1 });
      // Others may have waited for a connection that was never made.
      expect(errors[0]?.outcome).toBe('unknown');
      expect(errors.map(({ outcome }) => outcome)).not.toContain('rejected');
    });

    test('are each tried again when their connection is lost', async () => {
      const adapter = await suite.connected({ retry: { maxAttempts: 10, baseDelayMs: 20, maxDelayMs: 50 } });
      const records = suite.records(AT_ONCE, suite.unique());
      await faults.set('drop-unapplied');
      await Promise.all(records.map((record) => adapter.store(record)));
      await expect(adapter.retrieveBatch(records.map(({ id }) => id))).resolves.toEqual(records);
    });

    test('are each refused when the server refuses, nothing sent', async () => {
      const adapter = await suite.connected({ retry: { maxAttempts: 2, baseDelayMs: 1 } });
      await faults.set('refuse');
      const records = suite.records(AT_ONCE, suite.unique());
      const errors = await Promise.all(records.map((record) => rejection(adapter.store(record))));
      for (const [index, error] of errors.entries())
        expect(error).toMatchObject({
          kind: 'connection',
          outcome: 'not_sent',
          attempts: 2,
          ids: [records[index]?.id],
        });
    });
  });
}
