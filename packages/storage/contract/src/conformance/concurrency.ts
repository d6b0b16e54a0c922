import { describe, expect, test } from './framework/index.js';
import type { Suite } from './suite.js';

const AT_ONCE = 20;

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
}
