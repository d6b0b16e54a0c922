import type { AdapterCapabilities } from '../adapter.js';
import { describe, expect, needs, test, waitFor } from './framework/index.js';
import { rejection, type Suite } from './suite.js';

const CONFLICT = { name: 'StorageConflictError', kind: 'conflict', retriable: false, outcome: 'rejected' };
const UNSUPPORTED = { kind: 'query', code: 'UNSUPPORTED', outcome: 'not_sent', attempts: 0 };
/** How many change one record at once. */
const WRITERS = 8;

/** Writes that depend on what is there, and lifetimes that change. */
export function conditionCases(suite: Suite): void {
  /** A case for those that can; the others refuse the call before any I/O. */
  function testOf(name: keyof AdapterCapabilities, title: string, work: () => Promise<void>): void {
    test(title, async () => {
      const { adapter } = suite;
      if (adapter.capabilities[name]) return work();
      const record = suite.record();
      const calls = {
        ifAbsent: () => adapter.store(record, { ifAbsent: true }),
        ifVersion: () => adapter.update(record.id, {}),
        touch: () => adapter.touch(record.id, 1_000),
        clear: () => adapter.clear(),
        purgeExpired: () => adapter.purgeExpired(),
      };
      expect(await rejection(calls[name]())).toMatchObject(UNSUPPORTED);
    });
  }

  describe('conditions', () => {
    testOf('ifAbsent', 'a record is stored if absent once, whoever else tries', async () => {
      const record = suite.record();
      const tries = await Promise.allSettled(
        Array.from({ length: WRITERS }, () => suite.adapter.store(record, { ifAbsent: true })),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const again = rejection(
        suite.adapter.store(suite.record({ id: record.id, text: 'new' }), { ifAbsent: true }),
      );
      expect(await again).toMatchObject({ ...CONFLICT, code: 'EXISTS', ids: [record.id], attempts: 1 });
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
      await suite.adapter.delete(record.id);
      await expect(suite.adapter.store(record, { ifAbsent: true })).resolves.toBe(record.id);
    });

    needs({ ttl: true }, () => {
      testOf('ifAbsent', 'a record that has expired is absent', async () => {
        const record = suite.record();
        await suite.adapter.store(record, { ttlMs: 1 });
        await waitFor(async () => expect(await suite.adapter.retrieve(record.id)).toBeNull());
        await suite.adapter.store(record, { ifAbsent: true });
        await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
      });
    });

    testOf('ifVersion', 'a record is stored if it still has the version that was read', async () => {
      const record = suite.record({ text: 'one' });
      await suite.adapter.store(record);
      const read = await suite.adapter.retrieveVersioned(record.id);
      expect(read?.record).toEqual(record);
      const [two, three] = ['two', 'three'].map((text) => suite.record({ id: record.id, text }));
      const ifVersion = read?.version ?? '';
      await suite.adapter.store(two as { id: string }, { ifVersion });
      const late = await rejection(suite.adapter.store(three as { id: string }, { ifVersion }));
      expect(late).toMatchObject({ ...CONFLICT, code: 'VERSION', ids: [record.id] });
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(two);
      await suite.adapter.delete(record.id);
      expect(await rejection(suite.adapter.store(record, { ifVersion }))).toMatchObject(CONFLICT);
      await expect(suite.adapter.retrieveVersioned(record.id)).resolves.toBeNull();
    });

    testOf('ifVersion', 'updates at the same time are all applied', async () => {
      const record = suite.record({ number: 0 });
      await suite.adapter.store(record);
      const next = suite.options.increment ?? increment;
      const updates = Array.from({ length: WRITERS }, () =>
        suite.adapter.update(record.id, next as never, { timeoutMs: 20_000 }),
      );
      await Promise.all(updates);
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(
        suite.record({ id: record.id, number: WRITERS }),
      );
    });

    testOf('ifVersion', 'an update may leave the record, and finds none that is not there', async () => {
      const record = suite.record();
      await suite.adapter.store(record);
      await expect(suite.adapter.update(record.id, () => undefined)).resolves.toEqual(record);
      await expect(suite.adapter.update(suite.unique(), {})).resolves.toBeNull();
      expect(await rejection(suite.adapter.update(record.id, () => ({ id: 'other' })))).toMatchObject({
        kind: 'data',
        code: 'INVALID_ID',
      });
      const thrown = await rejection(
        suite.adapter.update(record.id, () => {
          throw new Error('canary-update');
        }),
      );
      expect(thrown).toMatchObject({ kind: 'data', code: 'UPDATE_THREW', outcome: 'not_sent' });
      expect(String(thrown)).not.toContain('canary-update');
    });

    needs({ ttl: true }, lifetimeCases);
  });

  function lifetimeCases(): void {
    testOf('ifVersion', 'an update keeps the lifetime, unless it gives one', async () => {
      const [short, long] = [suite.record(), suite.record()];
      await suite.adapter.storeBatch([short, long], { ttlMs: 1_500 });
      await suite.adapter.update(short.id, {});
      await suite.adapter.update(long.id, {}, { ttlMs: 60_000 });
      await expect(suite.adapter.retrieve(short.id)).resolves.toEqual(short);
      await waitFor(async () => expect(await suite.adapter.retrieve(short.id)).toBeNull(), {
        timeout: 5_000,
      });
      await expect(suite.adapter.retrieve(long.id)).resolves.toEqual(long);
    });

    testOf('touch', 'a lifetime can be given, taken, and not given to what is not there', async () => {
      const scope = suite.unique();
      const [brief, lasting] = [suite.record({ scope }), suite.record({ scope })];
      await suite.adapter.store(brief);
      await suite.adapter.store(lasting, { ttlMs: 1_500 });
      await expect(suite.adapter.touch(lasting.id, null)).resolves.toBe(true);
      await expect(suite.adapter.touch(brief.id, 1)).resolves.toBe(true);
      await waitFor(async () => expect(await suite.adapter.retrieve(brief.id)).toBeNull());
      await expect(suite.adapter.touch(brief.id, 60_000)).resolves.toBe(false);
      await expect(suite.adapter.touch(suite.unique(), null)).resolves.toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      expect((await suite.page(scope)).ids).toEqual([lasting.id]);
      await expect(suite.adapter.retrieve(lasting.id)).resolves.toEqual(lasting);
      expect(await rejection(suite.adapter.touch(lasting.id, 0))).toMatchObject({ code: 'INVALID_OPTION' });
    });

    testOf('purgeExpired', 'what has expired is removed, and nothing else', async () => {
      const [gone, kept] = [suite.record(), suite.record()];
      await suite.adapter.store(gone, { ttlMs: 1 });
      await suite.adapter.store(kept, { ttlMs: 60_000 });
      await waitFor(async () => expect(await suite.adapter.retrieve(gone.id)).toBeNull());
      expect(await suite.adapter.purgeExpired()).toBeTypeOf('number');
      await expect(suite.adapter.purgeExpired()).resolves.toBe(0);
      await expect(suite.adapter.retrieve(kept.id)).resolves.toEqual(kept);
    });
  }
}

function increment(record: { readonly number: number }) {
  return { ...record, number: record.number + 1 };
}
