import { describe, expect, needs, test } from '../framework/index.js';
import { newNamespace } from '../namespace.js';
import { rejection, type Suite } from '../suite.js';

/** All that a query finds: counted, read in pages, deleted. */
export function wholeQueryCases(suite: Suite): void {
  const { query } = suite.options;

  async function filled(count: number) {
    const scope = suite.unique();
    const records = suite.records(count, scope);
    await suite.adapter.storeBatch(records);
    return { scope, records, ids: records.map(({ id }) => id).toSorted() };
  }

  async function listed(
    scope: string,
    limit: number,
    each: (id: string) => Promise<unknown> = async () => {},
  ) {
    const ids: string[] = [];
    for await (const item of suite.adapter.all(query(scope, { limit }))) {
      const { id } = item as { readonly id: string };
      ids.push(id);
      await each(id);
    }
    return ids;
  }

  describe('all that a query finds', () => {
    test('is counted', async () => {
      const { scope } = await filled(53);
      await expect(suite.adapter.count(query(scope))).resolves.toBe(53);
      await expect(suite.adapter.count(query(suite.unique()))).resolves.toBe(0);
    });

    test('is read in pages, one after the other', async () => {
      const { scope, ids } = await filled(7);
      expect((await listed(scope, 3)).toSorted()).toEqual(ids);
      expect(await listed(suite.unique(), 3)).toEqual([]);
    });

    needs({ stablePages: true }, () => {
      test('is read once, whatever is written and deleted meanwhile', async () => {
        const { scope, ids } = await filled(8);
        const found = await listed(scope, 2, async (id) => {
          await suite.adapter.delete(id);
          await suite.adapter.store(suite.record({ scope: suite.unique() }));
        });
        expect(found.toSorted()).toEqual(ids);
        expect((await suite.page(scope)).ids).toEqual([]);
      });
    });

    test('is read no further after a break, or after a signal', async () => {
      const { scope } = await filled(6);
      const adapter = await suite.connected();
      for await (const _ of adapter.all(query(scope, { limit: 2 }))) break;
      expect(adapter.getMetrics().operations.search?.calls).toBe(1);
      const caller = new AbortController();
      const reading = async () => {
        for await (const _ of adapter.all(query(scope, { limit: 2 }), { signal: caller.signal }))
          caller.abort();
      };
      expect(await rejection(reading())).toMatchObject({ kind: 'aborted', outcome: 'not_sent' });
      await adapter.disconnect({ timeoutMs: 1_000 });
      expect(await rejection(adapter.all(query(scope)).next())).toMatchObject({ kind: 'connection' });
    });

    test('is deleted, and nothing else', async () => {
      const [{ scope }, other] = [await filled(53), await filled(2)];
      await expect(suite.adapter.deleteWhere(query(scope))).resolves.toBe(53);
      expect((await suite.page(scope)).ids).toEqual([]);
      expect((await suite.page(other.scope)).ids.toSorted()).toEqual(other.ids);
      await expect(suite.adapter.deleteWhere(query(scope))).resolves.toBe(0);
    });

    test.each(['count', 'deleteWhere'] as const)(
      '%s takes no part of it, and no unknown word',
      async (name) => {
        for (const page of [{ limit: 1 }, { cursor: 'x' }, { limits: 1 }, { filter: null }]) {
          const error = await rejection(suite.adapter[name]({ ...query('any'), ...page } as never));
          expect(error).toMatchObject({ kind: 'query', outcome: 'not_sent', attempts: 0 });
        }
      },
    );

    test('clear deletes every record of the namespace, and no other', async () => {
      if (!suite.adapter.capabilities.clear) {
        expect(await rejection(suite.adapter.clear())).toMatchObject({ code: 'UNSUPPORTED' });
        return;
      }
      const namespace = newNamespace();
      const own = await suite.options.createAdapter({ namespace, options: { timeoutMs: 20_000 } });
      const { scope, ids } = await filled(2);
      try {
        await own.connect();
        const records = suite.records(3, scope);
        await own.storeBatch(records);
        await expect(own.clear()).resolves.toBe(3);
        await expect(own.retrieveBatch(records.map(({ id }) => id))).resolves.toEqual([null, null, null]);
        await expect(own.count(query(scope))).resolves.toBe(0);
        await expect(own.clear()).resolves.toBe(0);
        await own.store(records[0] as { id: string });
        await expect(own.count(query(scope))).resolves.toBe(1);
        expect((await suite.page(scope)).ids.toSorted()).toEqual(ids);
      } finally {
        await own.disconnect();
        await suite.options.removeNamespace(namespace);
      }
    });
  });
}
