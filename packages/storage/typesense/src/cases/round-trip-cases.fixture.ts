import { describe, expect, test } from 'vitest';
import type { TypesenseAdapter } from '../adapter.js';
import type { TypesenseConfig } from '../config.js';
import type { Adapters, Item } from './adapters.fixture.js';

/** How many requests each operation takes. */
export function roundTripCases({ connected }: Adapters): void {
  describe('round trips', () => {
    const count = async (
      config: Partial<TypesenseConfig>,
      work: (one: TypesenseAdapter<Item>) => Promise<unknown>,
    ) => {
      const one = await connected(config);
      await work(one);
      const { connect: _, ...operations } = one.getMetrics().operations;
      return Object.fromEntries(
        Object.entries(operations).map(([operation, { roundTrips }]) => [operation, roundTrips]),
      );
    };

    test('of single calls', async () => {
      const single = await count({}, async (one) => {
        await one.store({ id: 'a' });
        await one.retrieve('a');
        await one.search({});
        await one.delete('a');
        await one.healthCheck();
      });
      expect(single).toEqual({ store: 1, retrieve: 1, search: 1, delete: 1, healthCheck: 2 });
    });

    test('of batches are those of their chunks, by items', async () => {
      const records = Array.from({ length: 2_100 }, (_, n) => ({ id: `r${n}`, n }));
      const ids = records.map(({ id }) => id);
      const chunked = await count({ timeoutMs: 20_000 }, async (one) => {
        await one.storeBatch(records);
        expect(await one.retrieveBatch([...ids].reverse())).toEqual([...records].reverse());
        await one.deleteBatch(ids);
        await one.deleteBatch(ids);
      });
      // A search and a delete for each chunk; for missing records a search alone.
      expect(chunked).toEqual({ storeBatch: 3, retrieveBatch: 3, deleteBatch: 9 });
    });

    test('of batches are those of their chunks, by bytes', async () => {
      const records = Array.from({ length: 10 }, (_, n) => ({ id: `r${n}`, body: 'x'.repeat(40_000) }));
      const chunked = await count({ batch: { maxBytes: 100_000 } }, (one) => one.storeBatch(records));
      expect(chunked).toEqual({ storeBatch: 5 });
    });

    test('of deletes are more where the ids do not fit into one URL', async () => {
      const records = Array.from({ length: 9 }, (_, n) => ({ id: `${n}${'ž'.repeat(2_000)}` }));
      const chunked = await count({}, async (one) => {
        await one.storeBatch(records);
        const truth = await one.deleteBatch(records.map(({ id }) => id));
        expect([...truth.values()].every(Boolean)).toBe(true);
      });
      expect(chunked).toEqual({ storeBatch: 1, deleteBatch: 4 });
    });
  });
}
