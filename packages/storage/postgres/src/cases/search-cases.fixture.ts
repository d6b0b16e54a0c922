import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostgresAdapter } from '../adapter.js';
import type { Condition, Order, PostgresQuery } from '../search/query.js';
import type { Adapters, Item } from './adapters.fixture.js';
import { withClient } from './conformance.fixture.js';

/** What searches find, in which order, page by page. */
export function searchCases({ settings, schema, adapter, make }: Adapters): void {
  describe('search', () => {
    const items: readonly (Item & { id: string })[] = [
      { id: 'a', n: 1, title: 'x', tag: 'red', meta: { size: 10, tags: ['p', 'q'] } },
      { id: 'b', n: 2, title: 'y', tag: 'blue', meta: { size: '10', nested: { deep: true } } },
      { id: 'c', n: 2, at: new Date(1_000), tag: 5 },
      { id: 'd', title: 'X', meta: { size: 7 }, tag: null },
      { id: 'e', n: 9, title: 'Y', at: new Date(2_000), done: true },
    ];
    const searched = make('searched');
    const find = async (where: PostgresQuery['where'], orderBy: Order[] = []) =>
      (await searched.search({ ...(where && { where }), orderBy })).items.map(({ id }) => id).join('');

    beforeAll(async () => {
      await searched.connect();
      await searched.storeBatch(items);
    });
    afterAll(() => searched.disconnect());

    test.each<[Condition | readonly Condition[], string]>([
      [[], 'abcde'],
      [{ field: 'n', eq: 2 }, 'bc'],
      [{ field: 'n', ne: 2 }, 'ade'],
      [{ field: 'n', eq: null }, 'd'],
      [{ field: 'n', ne: null }, 'abce'],
      [{ field: 'n', in: [1, 9, 77] }, 'ae'],
      [{ field: 'n', in: [] }, ''],
      [{ field: 'n', gt: 1, lte: 9 }, 'bce'],
      [{ field: 'at', gte: new Date(1_500) }, 'e'],
      [{ field: 'title', gte: 'Y' }, 'abe'],
      [{ field: 'done', exists: true }, 'e'],
      [{ field: 'id', in: ['a', 'e', "' OR true --"] }, 'ae'],
      [{ field: 'tag', eq: 'red' }, 'a'],
      [{ field: 'tag', in: ['blue', 5] }, 'bc'],
      [{ field: 'tag', eq: null }, 'de'],
      [{ field: 'tag', exists: false }, 'de'],
      [{ field: 'tag', gt: 'c' }, 'a'],
      [{ field: 'tag', gt: 1 }, 'c'],
      [{ field: 'meta', path: ['size'], eq: 10 }, 'a'],
      [{ field: 'meta', path: ['size'], gte: 7 }, 'ad'],
      [{ field: 'meta', path: ['size'], gte: '1' }, 'b'],
      [{ field: 'meta', path: ['tags', 1], eq: 'q' }, 'a'],
      [{ field: 'meta', path: ['nested'], eq: { deep: true } }, 'b'],
      [{ field: 'meta', contains: { tags: ['q'] } }, 'a'],
      [{ field: 'meta', path: ['nothing'], ne: 1 }, 'abcde'],
      [{ not: { field: 'n', gt: 1 } }, 'ad'],
      [
        {
          not: {
            any: [
              { field: 'tag', eq: 'red' },
              { field: 'n', gte: 9 },
            ],
          },
        },
        'bcd',
      ],
      [
        [
          { field: 'n', eq: 2 },
          {
            any: [
              { field: 'title', eq: 'y' },
              { field: 'tag', eq: 'no' },
            ],
          },
        ],
        'b',
      ],
    ])('%j', async (where, found) => {
      expect(await find(where)).toBe(found);
    });

    test.each<[Order[], string]>([
      [[{ field: 'n' }], 'abced'],
      [[{ field: 'n', direction: 'desc' }], 'decba'],
      [[{ field: 'title' }], 'deabc'],
      [[{ field: 'n' }, { field: 'title', direction: 'desc' }], 'acbed'],
      [[{ field: 'id', direction: 'desc' }], 'edcba'],
    ])('in order %j, absent as the greatest, text by code point', async (orderBy, found) => {
      expect(await find([], orderBy)).toBe(found);
      for (const limit of [1, 2, 3, 4]) expect(await paged({ orderBy, limit })).toBe(found);
    });

    async function paged(query: PostgresQuery): Promise<string> {
      const page = await searched.search(query);
      const ids = page.items.map(({ id }) => id).join('');
      return page.cursor === undefined ? ids : ids + (await paged({ ...query, cursor: page.cursor }));
    }
  });

  test('pages hold every record once, even when times differ by less than a cursor shows', async () => {
    await withClient(settings, (client) =>
      client.query(
        `INSERT INTO "${schema}"."items" (id, at, n)
           SELECT 'micro' || i, timestamptz '2024-01-01' + i * interval '1 microsecond', -1 FROM generate_series(1, 9) i`,
      ),
    );
    const query = { where: { field: 'n', eq: -1 }, orderBy: [{ field: 'at', direction: 'desc' as const }] };
    expect((await all(adapter, { ...query, limit: 2 })).join()).toBe(
      [9, 8, 7, 6, 5, 4, 3, 2, 1].map((i) => `micro${i}`).join(),
    );
  });
}

async function all(adapter: PostgresAdapter<Item>, query: PostgresQuery): Promise<string[]> {
  const { items, cursor } = await adapter.search(query);
  const ids = items.map(({ id }) => id);
  return cursor === undefined ? ids : [...ids, ...(await all(adapter, { ...query, cursor }))];
}
