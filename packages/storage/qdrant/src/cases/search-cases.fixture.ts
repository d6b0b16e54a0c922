import { beforeAll, describe, expect, test } from 'vitest';
import type { QdrantAdapter } from '../adapter.js';
import type { Distance } from '../config.js';
import type { QdrantQuery } from '../search/query.js';
import { type Adapters, type Item, idsOf } from './adapters.fixture.js';

/** What searches find by vectors and filters. */
export function searchCases({ connected }: Adapters): void {
  describe('near a vector', () => {
    const VECTORS = { same: [3, 4], opposite: [-3, -4], zero: [0, 0] };

    test.each<[Distance, string[], number[], number, string[]]>([
      ['Dot', ['same', 'zero', 'opposite'], [7, 0, -7], 3, ['same']],
      ['Cosine', ['same', 'zero', 'opposite'], [0.98994946, 0, -0.98994946], 0.5, ['same']],
      ['Euclid', ['zero', 'same', 'opposite'], [Math.SQRT2, 3.6055512, 6.4031243], 4, ['zero', 'same']],
      ['Manhattan', ['zero', 'same', 'opposite'], [2, 5, 9], 3, ['zero']],
    ])('under %s all come, nearest first, unless a threshold is given', async (...row) => {
      const [distance, order, scores, scoreThreshold, near] = row;
      const one = await connected({ vector: { size: 2, distance } });
      await one.storeBatch(Object.entries(VECTORS).map(([id, vector]) => ({ id, vector })));
      const page = await one.search({ near: [1, 1] });
      expect(idsOf(page)).toEqual(order);
      for (const [index, { _score }] of page.items.entries())
        expect(_score).toBeCloseTo(scores[index] ?? Number.NaN, 5);
      expect(idsOf(await one.search({ near: [1, 1], scoreThreshold }))).toEqual(near);
    });

    test('pages follow each other to the end', async () => {
      const one = await connected();
      await one.storeBatch(Array.from({ length: 7 }, (_, n) => ({ id: `n${n}`, vector: [n, 0] })));
      const query: QdrantQuery = { near: [1, 0], limit: 3 };
      const first = await one.search(query);
      const second = await one.search({ ...query, cursor: first.cursor as string });
      const third = await one.search({ ...query, cursor: second.cursor as string });
      expect([first, second, third].map(idsOf)).toEqual([['n6', 'n5', 'n4'], ['n3', 'n2', 'n1'], ['n0']]);
      expect(third.cursor).toBeUndefined();
      const other = one.search({ ...query, near: [0, 1], cursor: first.cursor as string });
      await expect(other).rejects.toMatchObject({ name: 'StorageQueryError', code: 'INVALID_QUERY' });
    });

    test('of a record leaves that record out; a missing one is an error', async () => {
      const one = await connected();
      await one.storeBatch([
        { id: 'a', vector: [1, 0] },
        { id: 'b', vector: [2, 0] },
      ]);
      expect(idsOf(await one.search({ near: { id: 'a' } }))).toEqual(['b']);
      await expect(one.search({ near: { id: 'nobody' } })).rejects.toMatchObject({
        name: 'StorageQueryError',
        code: 'HTTP_404',
        message: expect.stringContaining('does not exist'),
      });
    });

    test.each<[string, QdrantQuery]>([
      ['a vector of another size', { near: [1, 2, 3] }],
      ['no vector', { near: 'x' as never }],
      ['an empty id', { near: { id: '' } }],
      ['a threshold that is not a number', { near: [1, 0], scoreThreshold: Number.NaN }],
      ['a threshold without a vector', { scoreThreshold: 1 }],
      ['a filter that is none', { filter: [] as never }],
      ['ids that are none', { filter: { must: [{ has_id: [1] }] } }],
      ['a filter in another dialect', { filter: { user: 'u' } as never }],
      ['a misspelt clause', { filter: { must: [{ mustNot: [] } as never] } }],
      ['a misspelt comparison', { filter: { must: [{ key: 'kind', mach: 'a' } as never] } }],
      ['a condition that is empty', { filter: { must: [{}] } }],
      ['a comparison that is empty', { filter: { must: [{ key: 'kind', match: {} as never }] } }],
      [
        'a value that got lost',
        { filter: { must: [{ key: 'kind', match: { value: undefined as never } }] } },
      ],
      ['a filter that is empty text', { filter: '' as never }],
      ['a misspelt part of a target', { near: { id: 'a', vec: [1] } as never }],
    ])('refuses %s before any I/O', async (_, query) => {
      const one = await connected();
      await expect(one.search(query)).rejects.toMatchObject({
        name: 'StorageQueryError',
        code: 'INVALID_QUERY',
        outcome: 'not_sent',
      });
    });
  });

  describe('filters', () => {
    let one: QdrantAdapter<Item>;
    beforeAll(async () => {
      one = await connected();
      await one.storeBatch([
        { id: 'fox', kind: 'a', year: 2020, body: 'the quick brown fox', vector: [1, 0] },
        { id: 'dog', kind: 'b', year: 2021, tags: ['p', 'q'], vector: [0, 1] },
        { id: 'it\'s "so"', kind: null, nested: { deep: [{ x: 'y' }] } },
      ]);
    });

    test.each<[string, QdrantQuery['filter'] & {}, string[]]>([
      ['a value', { must: [{ key: 'kind', match: { value: 'a' } }] }, ['fox']],
      ['one of several', { must: { key: 'kind', match: { any: ['a', 'b'] } } }, ['dog', 'fox']],
      ['anything else', { must_not: [{ key: 'kind', match: { value: 'a' } }] }, ['dog', 'it\'s "so"']],
      ['a range', { must: [{ key: 'year', range: { gt: 2020 } }] }, ['dog']],
      ['a member of a list', { must: [{ key: 'tags', match: { value: 'q' } }] }, ['dog']],
      ['a nested property', { must: [{ key: 'nested.deep[].x', match: { value: 'y' } }] }, ['it\'s "so"']],
      ['null', { must: [{ is_null: { key: 'kind' } }] }, ['it\'s "so"']],
      ['the ids of records', { must: [{ has_id: ['fox', 'it\'s "so"', 'nobody'] }] }, ['fox', 'it\'s "so"']],
      ['their own id', { must: [{ key: 'id', match: { value: 'dog' } }] }, ['dog']],
      [
        'conditions within conditions',
        {
          should: [
            { must: [{ has_id: ['dog'] }, { key: 'year', range: { gte: 2021 } }] },
            { key: 'body', match: { text: 'quick' } },
          ],
        },
        ['dog', 'fox'],
      ],
    ])('by %s', async (_, filter, ids) => {
      expect(idsOf(await one.search({ filter })).sort()).toEqual(ids);
    });

    test('combine with a vector', async () => {
      const filter = { must: [{ key: 'kind', match: { any: ['a', 'b'] } }] };
      expect(idsOf(await one.search({ near: [0, 1], filter }))).toEqual(['dog', 'fox']);
    });

    test('that the server refuses are query errors', async () => {
      const filter = { must: [{ key: 'kind', match: { any: 'a' } }] } as never;
      await expect(one.search({ filter })).rejects.toMatchObject({
        name: 'StorageQueryError',
        retriable: false,
        outcome: 'rejected',
        attempts: 1,
      });
    });
  });
}
