import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createPostgresAdapter, type PostgresAdapter } from './adapter.js';
import type { PostgresConfig } from './config.js';
import { type Reach, uniqueSchema, withClient } from './conformance.fixture.js';
import type { Condition, Order, PostgresQuery } from './query.js';

interface Item {
  readonly id?: string;
  readonly [property: string]: unknown;
}

const COLUMNS = {
  title: 'text',
  n: 'integer',
  big: 'bigint',
  ratio: 'double',
  price: 'numeric',
  done: 'boolean',
  at: 'timestamptz',
  key: 'uuid',
  meta: 'jsonb',
} as const;

/** What this backend promises beyond the contract; run on the offline server and on a live one. */
export function adapterCases(name: string, reach: Reach): void {
  describe(`postgres adapter: ${name}`, () => {
    const schema = uniqueSchema();
    const make = (table: string, options: Partial<PostgresConfig> = {}) =>
      createPostgresAdapter<Item>({ ...reach, schema, table, columns: COLUMNS, ...options });
    const adapter = make('items', { indexes: [['n', 'title']] });

    beforeAll(() => adapter.connect());
    afterAll(async () => {
      await adapter.disconnect();
      await withClient(reach, (client) => client.query(`DROP SCHEMA "${schema}" CASCADE`));
    });

    describe('types', () => {
      test.each<[string, Item]>([
        ['text', { title: 'NULL {"a","b"} \\ \' " é😀' }],
        ['an empty text', { title: '' }],
        ['integers', { n: -(2 ** 31), big: 2n ** 62n }],
        ['a safe bigint as a number', { big: 2 ** 53 - 1 }],
        ['doubles', { ratio: 1.7976931348623157e308 }],
        ['a small double', { ratio: 5e-324 }],
        ['decimals, exactly', { price: '12345678901234567890.1200' }],
        ['booleans', { done: false }],
        ['times to the millisecond', { at: new Date('1969-12-31T23:59:59.999Z') }],
        ['the first and the last year', { at: new Date('0001-01-01T00:00:00.000Z') }],
        ['UUIDs', { key: '123e4567-e89b-12d3-a456-426614174000' }],
        ['JSON', { meta: { a: [1, null, 'x', { 'b"\\': '{}' }] } }],
        ['JSON that is no object', { meta: 'text' }],
        ['null apart from absent', { title: null, meta: null, other: null }],
        ['what no column is declared for', { other: { list: [1, 2] }, _extra: 1, __key: 'x' }],
      ])('keep %s', async (_, item) => {
        const id = await adapter.store(item);
        expect(await adapter.retrieve(id)).toStrictEqual({ ...item, id });
      });

      test('do not depend on parsers registered with the driver', async () => {
        const { default: pg } = await import('pg');
        pg.types.setTypeParser(23, () => 'broken');
        try {
          const id = await adapter.store({ n: 5 });
          expect(await adapter.retrieve(id)).toStrictEqual({ id, n: 5 });
        } finally {
          pg.types.setTypeParser(23, Number);
        }
      });
    });

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

    test('pages hold exactly what is there, also when times differ by less than they show', async () => {
      await withClient(reach, (client) =>
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

    test('an expired record is absent from every page and answers false to delete', async () => {
      const ids = await adapter.storeBatch([{ mark: 'expiring' }, { mark: 'expiring' }], { ttlMs: 40 });
      await vi.waitFor(async () => expect(await adapter.retrieveBatch(ids)).toEqual([null, null]));
      expect((await adapter.search({ where: { field: 'mark', eq: 'expiring' } })).items).toEqual([]);
      expect(await adapter.deleteBatch(ids)).toEqual(new Map(ids.map((id) => [id, false])));
    });

    describe('a record that the server refuses', () => {
      const guarded = make('guarded', { maxConnections: 1 });
      const processIds = () =>
        withClientRows(reach, `SELECT n FROM "${schema}"."guarded" WHERE id = 'x'`).then(
          ({ length }) => length,
        );

      beforeAll(async () => {
        await guarded.connect();
        await withClient(reach, (client) =>
          client.query(`ALTER TABLE "${schema}"."guarded" ADD CONSTRAINT small CHECK (n < 100)`),
        );
      });
      afterAll(() => guarded.disconnect());

      test('is named by its index, and the rest of its chunk is stored', async () => {
        const batch = Array.from({ length: 20 }, (_, n) => ({
          id: `r${n}`,
          n: n === 7 || n === 13 ? 100 : n,
        }));
        const error = await guarded.storeBatch(batch).catch((reason) => reason);
        expect(error).toMatchObject({
          name: 'StorageDataError',
          code: '23514',
          retriable: false,
          outcome: 'rejected',
        });
        expect(error.failures.map(({ index }: { index: number }) => index)).toEqual([7, 13]);
        const stored = await guarded.retrieveBatch(batch.map(({ id }) => id));
        expect(stored.flatMap((record, index) => (record ? [] : [index]))).toEqual([7, 13]);
      });

      test('shows neither the row nor the constraint’s detail in the error', async () => {
        const error = await guarded.store({ id: 'x', n: 100, title: 'canary' }).catch((reason) => reason);
        expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/canary|small|Failing row/);
        expect(await processIds()).toBe(0);
      });
    });

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
      expect([storeBatch, retrieveBatch, deleteBatch].map((counted) => counted?.roundTrips)).toEqual([
        3, 3, 3,
      ]);
      await chunked.disconnect();
    });
  });
}

async function all(adapter: PostgresAdapter<Item>, query: PostgresQuery): Promise<string[]> {
  const { items, cursor } = await adapter.search(query);
  const ids = items.map(({ id }) => id);
  return cursor === undefined ? ids : [...ids, ...(await all(adapter, { ...query, cursor }))];
}

async function withClientRows(reach: Reach, sql: string): Promise<unknown[]> {
  let rows: unknown[] = [];
  await withClient(reach, async (client) => {
    ({ rows } = await client.query(sql));
  });
  return rows;
}
