import { describe, expect, test, vi } from 'vitest';
import { rejection, type Suite } from './suite.js';

const TTL_MS = 150;
const FAR_MS = 3_600_000;

/** Records that end by themselves. */
export function expiryCases(suite: Suite): void {
  if (suite.capabilities.ttl)
    describe('expiry', () => {
      const gone = (id: string) =>
        vi.waitFor(async () => expect(await suite.adapter.retrieve(id)).toBeNull(), {
          timeout: 5_000,
          interval: 20,
        });

      test('a record is there before and gone after', async () => {
        const record = suite.record();
        await suite.adapter.store(record, { ttlMs: TTL_MS });
        await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
        await gone(record.id);
        await expect(suite.adapter.retrieveBatch([record.id])).resolves.toEqual([null]);
      });

      test('an expired record cannot be deleted', async () => {
        const record = suite.record();
        await suite.adapter.store(record, { ttlMs: TTL_MS });
        await gone(record.id);
        await expect(suite.adapter.delete(record.id)).resolves.toBe(false);
      });

      test('an expired record is not found and takes no place on a page', async () => {
        const scope = suite.unique();
        const kept = suite.records(2, scope);
        const expiring = suite.record({ scope, number: 9 });
        await suite.adapter.storeBatch(kept);
        await suite.adapter.store(expiring, { ttlMs: TTL_MS });
        await gone(expiring.id);
        const page = await suite.page(scope, { limit: 2 });
        expect(page.ids.toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
        expect(page.cursor).toBeUndefined();
      });

      test('a batch expires as a whole', async () => {
        const records = suite.records(3, suite.unique());
        const ids = await suite.adapter.storeBatch(records, { ttlMs: TTL_MS });
        await expect(suite.adapter.retrieveBatch(ids)).resolves.toEqual(records);
        for (const id of ids) await gone(id);
      });

      test('storing again without a lifetime makes it stay', async () => {
        const [record, witness] = [suite.record(), suite.record()];
        await suite.adapter.storeBatch([record, witness], { ttlMs: TTL_MS });
        await suite.adapter.store(record);
        await gone(witness.id);
        await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
      });

      test('an adapter’s own lifetime applies unless the call gives another', async () => {
        const adapter = await suite.connected({ ttlMs: TTL_MS });
        const [short, long] = [suite.record(), suite.record()];
        await adapter.store(short);
        await adapter.store(long, { ttlMs: FAR_MS });
        await gone(short.id);
        await expect(adapter.retrieve(long.id)).resolves.toEqual(long);
      });

      test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
        'a lifetime of %d ms is refused',
        async (ttlMs) => {
          const error = await rejection(suite.adapter.store(suite.record(), { ttlMs }));
          expect(error).toMatchObject({ kind: 'data', outcome: 'not_sent', attempts: 0 });
        },
      );
    });

  if (!suite.capabilities.ttl)
    describe('expiry, not supported', () => {
      test('a lifetime is refused rather than ignored', async () => {
        const error = await rejection(suite.adapter.store(suite.record(), { ttlMs: FAR_MS }));
        expect(error).toMatchObject({
          kind: 'data',
          code: 'TTL_UNSUPPORTED',
          outcome: 'not_sent',
          attempts: 0,
        });
      });
    });
}
