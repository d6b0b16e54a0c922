import { describe, expect, test } from './framework/index.js';
import { rejection, type Suite } from './suite.js';

/** Larger than any index takes. */
const HUGE = 100_000;

/** One record that cannot be read or stored does not hide the others. */
export function badRecordCases(suite: Suite): void {
  describe('one bad record', () => {
    test('that is too large for its index is refused alone, or stored', async () => {
      const scope = suite.unique();
      // Random, since an index may compress.
      const huge = Array.from({ length: HUGE / 25 }, () => suite.unique()).join('');
      const records = [suite.record({ scope }), suite.record({ scope: huge }), suite.record({ scope })];
      const [first, bad, last] = records.map(({ id }) => id);
      const error = await suite.adapter.storeBatch(records).catch((reason) => reason);
      if (!Array.isArray(error)) {
        expect(error).toMatchObject({ kind: 'data', retriable: false, outcome: 'rejected' });
        expect(error.failures).toMatchObject([{ index: 1, id: bad, kind: 'data' }]);
        const alone = await rejection(suite.adapter.store(records[1] as { id: string }));
        expect(alone).toMatchObject({ kind: 'data', outcome: 'rejected', attempts: 1 });
      }
      expect((await suite.page(scope)).ids.toSorted()).toEqual([first, last].toSorted());
    });

    const { corrupt } = suite.options;
    if (corrupt)
      test('that cannot be read is named, and the rest is given', async () => {
        const scope = suite.unique();
        const records = suite.records(4, scope);
        await suite.adapter.storeBatch(records);
        const [bad, ...good] = records;
        const id = bad?.id ?? '';
        await corrupt.call(suite.options, suite.namespace, id);
        const ids = [...good.map((record) => record.id), id, suite.unique()];
        expect(await rejection(suite.adapter.retrieve(id))).toMatchObject({
          kind: 'data',
          code: 'CORRUPT_RECORD',
        });
        const error = await rejection(suite.adapter.retrieveBatch(ids));
        expect(error).toMatchObject({ kind: 'data', code: 'CORRUPT_RECORD', retriable: false });
        expect(error.failures).toMatchObject([{ index: 3, id, code: 'CORRUPT_RECORD' }]);
        expect(error.records).toEqual([...good, null, null]);
        const page = await suite.adapter.search(suite.options.query(scope));
        expect(page.items).toHaveLength(3);
        expect(page.failures).toMatchObject([{ id, kind: 'data', code: 'CORRUPT_RECORD' }]);
        const pages = await suite.pages(scope, 2);
        expect(pages.flat().toSorted()).toEqual(good.map((record) => record.id).toSorted());
        expect(await suite.adapter.delete(id)).toBe(true);
        expect(await suite.adapter.search(suite.options.query(scope))).not.toHaveProperty('failures');
      });
  });
}
