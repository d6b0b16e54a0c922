import { expect, test } from 'vitest';
import type { Adapters } from './adapters.fixture.js';

/** How many round trips batches take. */
export function roundTripCases({ adapter, make }: Adapters): void {
  test('batches over the same ids in opposite order do not block each other', async () => {
    const forth = Array.from({ length: 300 }, (_, n) => ({ id: `same${n}`, n }));
    const rounds = Array.from({ length: 6 }, (_, round) =>
      adapter.storeBatch(round % 2 === 0 ? forth : forth.toReversed()),
    );
    await Promise.all(rounds);
    expect(adapter.getMetrics().operations.storeBatch).toMatchObject({ retries: 0 });
  });

  test('a batch takes one round trip a chunk', async () => {
    const chunked = make('chunked', { batch: { maxItems: 4 } });
    await chunked.connect();
    const ids = await chunked.storeBatch(Array.from({ length: 9 }, (_, n) => ({ n })));
    await chunked.retrieveBatch(ids);
    await chunked.deleteBatch(ids);
    const { storeBatch, retrieveBatch, deleteBatch } = chunked.getMetrics().operations;
    expect([storeBatch, retrieveBatch, deleteBatch].map((counted) => counted?.roundTrips)).toEqual([3, 3, 3]);
    await chunked.disconnect();
  });
}
