import { describe, expect, needs, test, waitFor } from './framework/index.js';
import { rejection, type Suite } from './suite.js';

const TTL_MS = 150;
/** Lifetimes for cases that read a record before its end: one too short for a busy machine is followed by a longer one. */
const TTLS_MS = [TTL_MS, 1_000, 5_000];
const FAR_MS = 3_600_000;
const LONG = { timeout: 30_000 };

/** Records that end by themselves. */
export function expiryCases(suite: Suite): void {
  needs({ ttl: true }, () => {
    describe('expiry', () => {
      const gone = (id: string) =>
        waitFor(async () => expect(await suite.adapter.retrieve(id)).toBeNull(), {
          timeout: 10_000,
          interval: 20,
        });

      test('a record is there before the end of its lifetime and gone after it', LONG, async () => {
        const record = await inTime(async (ttlMs) => {
          const stored = suite.record();
          await suite.adapter.store(stored, { ttlMs });
          return [stored, await suite.adapter.retrieve(stored.id)];
        });
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

      test('a batch expires as a whole', LONG, async () => {
        const records = await inTime(async (ttlMs) => {
          const stored = suite.records(3, suite.unique());
          const ids = await suite.adapter.storeBatch(stored, { ttlMs });
          return [stored, await suite.adapter.retrieveBatch(ids)];
        });
        for (const { id } of records) await gone(id);
      });

      test('a record that is stored again without a lifetime stays', async () => {
        const [record, expiring] = [suite.record(), suite.record()];
        await suite.adapter.storeBatch([record, expiring], { ttlMs: TTL_MS });
        await suite.adapter.store(record);
        await gone(expiring.id);
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
  });

  needs({ ttl: false }, () => {
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
  });
}

/** Stores and reads back within the lifetime; what was read later than that proves nothing, and is tried again. */
async function inTime<T>(attempt: (ttlMs: number) => Promise<[stored: T, read: unknown]>): Promise<T> {
  for (const ttlMs of TTLS_MS) {
    const began = performance.now();
    const [stored, read] = await attempt(ttlMs);
    if (performance.now() - began >= ttlMs) continue;
    expect(read).toEqual(stored);
    return stored;
  }
  return expect.fail(`writing and reading took longer than ${TTLS_MS.at(-1)} ms`);
}
