import { describe, expect, test } from './framework/index.js';
import { deepFreeze, rejection, type Suite } from './suite.js';

/** Many records at once. */
export function batchCases(suite: Suite): void {
  const large = suite.capabilities.largeBatch ?? 10_000;

  describe('batches', () => {
    test('an empty batch has an empty answer, without a round trip', async () => {
      const adapter = await suite.connected();
      await expect(adapter.storeBatch([])).resolves.toEqual([]);
      await expect(adapter.retrieveBatch([])).resolves.toEqual([]);
      await expect(adapter.deleteBatch([])).resolves.toEqual(new Map());
      const { storeBatch, retrieveBatch, deleteBatch } = adapter.getMetrics().operations;
      expect([storeBatch, retrieveBatch, deleteBatch].map((metrics) => metrics?.roundTrips)).toEqual([
        0, 0, 0,
      ]);
    });

    test('storeBatch returns ids in the order of the records, generated where there is none', async () => {
      const given = suite.record();
      const bare = suite.options.record({ scope: 'any', number: 2, text: 'no id' });
      const ids = await suite.adapter.storeBatch([bare, given, bare]);
      expect(ids[1]).toBe(given.id);
      expect(new Set(ids).size).toBe(3);
      await expect(suite.adapter.retrieveBatch(ids)).resolves.toEqual([
        { ...bare, id: ids[0] },
        given,
        { ...bare, id: ids[2] },
      ]);
    });

    test('retrieveBatch returns records in the order of the ids, null where there is none, repeats repeated', async () => {
      const [a, b] = suite.records(2, suite.unique()) as [{ id: string }, { id: string }];
      await suite.adapter.storeBatch([a, b]);
      const read = await suite.adapter.retrieveBatch([b.id, suite.unique(), a.id, b.id]);
      expect(read).toEqual([b, null, a, b]);
    });

    test('a batch with one id twice stores the last record', async () => {
      const scope = suite.unique();
      const first = suite.record({ scope, text: 'first' });
      const last = suite.record({ id: first.id, scope, text: 'last', number: 2 });
      await expect(suite.adapter.storeBatch([first, last])).resolves.toEqual([first.id, first.id]);
      await expect(suite.adapter.retrieve(first.id)).resolves.toEqual(last);
      expect((await suite.page(scope)).ids).toEqual([first.id]);
    });

    test('deleteBatch tells for each id whether its record was there', async () => {
      const [a, b] = suite.records(2, suite.unique()) as [{ id: string }, { id: string }];
      const missing = suite.unique();
      await suite.adapter.storeBatch([a, b]);
      const truth = await suite.adapter.deleteBatch([a.id, missing, b.id, a.id]);
      expect(truth).toEqual(
        new Map([
          [a.id, true],
          [missing, false],
          [b.id, true],
        ]),
      );
      await expect(suite.adapter.deleteBatch([a.id, b.id])).resolves.toEqual(
        new Map([
          [a.id, false],
          [b.id, false],
        ]),
      );
    });

    test('a batch of one works like any other', async () => {
      const record = suite.record();
      await expect(suite.adapter.storeBatch([record])).resolves.toEqual([record.id]);
      await expect(suite.adapter.retrieveBatch([record.id])).resolves.toEqual([record]);
      await expect(suite.adapter.deleteBatch([record.id])).resolves.toEqual(new Map([[record.id, true]]));
    });

    test(`a batch of ${large} is stored, read and deleted`, { timeout: 200_000 }, async () => {
      const records = suite.records(large, suite.unique());
      const options = { timeoutMs: 60_000 };
      const ids = await suite.adapter.storeBatch(records, options);
      expect(ids).toEqual(records.map(({ id }) => id));
      const read = await suite.adapter.retrieveBatch(ids, options);
      expect(read.filter((record) => record === null)).toEqual([]);
      expect([read[0], read[large - 1]]).toEqual([records[0], records[large - 1]]);
      const truth = await suite.adapter.deleteBatch(ids, options);
      expect(truth.size).toBe(large);
      expect(new Set(truth.values())).toEqual(new Set([true]));
    });

    test('a batch holds large and small records together', async () => {
      const text = 'x'.repeat(suite.capabilities.largeRecordBytes ?? 1_000_000);
      const records = [suite.record(), suite.record({ text }), suite.record(), suite.record({ text })];
      await suite.adapter.storeBatch(records);
      await expect(suite.adapter.retrieveBatch(records.map(({ id }) => id))).resolves.toEqual(records);
    });

    test('a batch with a record that cannot be stored names it by index and stores the rest', async () => {
      const [a, b] = [suite.record(), suite.record()];
      const bad = { ...suite.record(), id: 'a\ud800' };
      const error = await rejection(suite.adapter.storeBatch([a, bad, b]));
      expect(error).toMatchObject({
        kind: 'data',
        retriable: false,
        failures: [{ index: 1, outcome: 'not_sent' }],
      });
      await expect(suite.adapter.retrieveBatch([a.id, b.id])).resolves.toEqual([a, b]);
    });
  });

  describe('inputs', () => {
    test('inputs are never mutated', async () => {
      const scope = suite.unique();
      const bare = suite.options.record({ scope, number: 1, text: 'no id' });
      const records = deepFreeze([suite.record({ scope }), bare, bare]);
      const options = deepFreeze({ timeoutMs: 5_000 });
      const ids = deepFreeze(await suite.adapter.storeBatch(records, options));
      await suite.adapter.store(bare, options);
      await suite.adapter.retrieveBatch(ids, options);
      await suite.adapter.search(deepFreeze(suite.options.query(scope)), options);
      await suite.adapter.deleteBatch(ids, options);
      expect('id' in bare).toBe(false);
    });

    test('a record may be changed as soon as store was called', async () => {
      const record = suite.record({ text: 'before' });
      const kept = structuredClone(record);
      const changeable = record as unknown as Record<string, unknown>;
      const storing = suite.adapter.store(record);
      for (const key of Object.keys(changeable)) if (key !== 'id') changeable[key] = null;
      await storing;
      await expect(suite.adapter.retrieve(kept.id)).resolves.toEqual(kept);
    });
  });
}
