import { describe, expect, test } from 'vitest';
import type { QdrantAdapter } from '../adapter.js';
import type { QdrantConfig } from '../config.js';
import type { Adapters, Item } from './adapters.fixture.js';

/** How many requests each operation takes. */
export function roundTripCases({ connected }: Adapters): void {
  describe('round trips', () => {
    const count = async (
      config: Partial<QdrantConfig>,
      work: (one: QdrantAdapter<Item>) => Promise<unknown>,
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
        await one.store({ id: 'a', vector: [1, 2] });
        await one.retrieve('a');
        await one.search({});
        await one.delete('a');
        await one.healthCheck();
      });
      expect(single).toEqual({ store: 1, retrieve: 1, search: 1, delete: 2, healthCheck: 2 });
    });

    test('of deletes of missing records', async () => {
      const missing = await count({}, async (one) => {
        await one.delete('a');
        await one.deleteBatch(['a', 'b']);
      });
      expect(missing).toEqual({ delete: 1, deleteBatch: 1 });
    });

    test('of batches are those of their chunks, by items', async () => {
      const records = Array.from({ length: 600 }, (_, n) => ({ id: `r${n}`, n }));
      const ids = records.map(({ id }) => id);
      const chunked = await count({}, async (one) => {
        await one.storeBatch(records);
        expect(await one.retrieveBatch([...ids].reverse())).toEqual([...records].reverse());
        await one.deleteBatch(ids);
      });
      expect(chunked).toEqual({ storeBatch: 3, retrieveBatch: 3, deleteBatch: 6 });
    });

    test('of batches are those of their chunks, by bytes', async () => {
      const records = Array.from({ length: 10 }, (_, n) => ({ id: `r${n}`, text: 'x'.repeat(40_000) }));
      const chunked = await count({ batch: { maxBytes: 100_000 } }, (one) => one.storeBatch(records));
      expect(chunked).toEqual({ storeBatch: 5 });
    });
  });
}
