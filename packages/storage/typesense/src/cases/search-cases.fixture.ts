import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { TypesenseAdapter } from '../adapter.js';
import type { TypesenseFilter } from '../search/filter.js';
import type { TypesenseQuery } from '../search/query.js';
import { type Adapters, type Item, idsOf } from './adapters.fixture.js';

/** What searches find by words, vectors and filters. */
export function searchCases({ connected }: Adapters): void {
  describe('words', () => {
    let one: TypesenseAdapter<Item>;
    beforeAll(async () => {
      one = await connected();
      await one.storeBatch([
        {
          id: 'paint',
          kind: 'hull',
          year: 2020,
          text: 'Paint the hull',
          tags: ['red', 'dry dock'],
          vec: [1, 0],
        },
        {
          id: 'caulk',
          kind: 'hull',
          year: 2021,
          text: 'Caulk the seams of the hull',
          tags: ['tar'],
          vec: [0, 1],
        },
        { id: 'sew', kind: 'sail', year: 2022, text: 'Sew a sail', ok: true, vec: [-1, 0.5] },
        { id: 'gone', kind: 'hull', text: 'hull', year: 1 },
      ]);
      await one.store({ id: 'gone', kind: 'hull', text: 'hull', year: 1 }, { ttlMs: 1 });
      await vi.waitFor(async () => expect(await one.retrieve('gone')).toBeNull());
    });

    test.each<[TypesenseQuery, string[]]>([
      [{ text: 'hull' }, ['caulk', 'paint']],
      [{ text: 'hul' }, ['caulk', 'paint']],
      [{ text: 'hul', prefix: false }, []],
      [{ text: 'hlul' }, ['caulk', 'paint']],
      [{ text: 'hlul', typos: 0 }, []],
      [{ text: 'hull -seams' }, ['paint']],
      [{ text: 'seams hull' }, ['caulk']],
      [{ text: 'dock', by: ['tags'] }, ['paint']],
      [{ text: 'dock', by: ['text'] }, []],
      [{ text: 'hull', filter: { year: { gt: 2020 } } }, ['caulk']],
      [{ text: 'nothing hull', params: { drop_tokens_threshold: 0, num_typos: 0 }, typos: 0 }, []],
    ])('%j', async (query, ids) => {
      const page = await one.search(query);
      expect(idsOf(page).sort()).toEqual(ids);
      expect(page.found).toBe(ids.length);
    });

    test('are highlighted, in texts and in lists', async () => {
      const page = await one.search({ text: 'dock' });
      expect(page.items[0]?._highlights).toEqual({ tags: ['<mark>dock</mark>'].map((x) => `dry ${x}`) });
      const sew = await one.search({ text: 'sail' });
      expect(sew.items[0]?._highlights?.text).toEqual(['Sew a <mark>sail</mark>']);
      expect(sew.items[0]?._score).toBeGreaterThan(0);
    });

    test('come in the order of the query', async () => {
      const sorted = await one.search({ text: 'hull', sort: ['year:desc'] });
      expect(idsOf(sorted)).toEqual(['caulk', 'paint']);
      expect(idsOf(await one.search({ sort: ['kind:asc'] }).catch(() => ({ items: [] })))).toEqual([]);
      expect(idsOf(await one.search({ sort: ['year:asc'] }))).toEqual(['paint', 'caulk', 'sew']);
    });

    test('are counted by facet, whatever the page shows', async () => {
      const page = await one.search({ facets: ['kind', 'tags'], limit: 1 });
      expect(page.facets.kind).toEqual([
        { value: 'hull', count: 2 },
        { value: 'sail', count: 1 },
      ]);
      expect(page.facets.tags?.map(({ value }) => value).sort()).toEqual(['dry dock', 'red', 'tar']);
      expect(page.found).toBe(3);
    });

    test('pages follow each other to the end, and only for the same query', async () => {
      const query: TypesenseQuery = { sort: ['year:desc'], limit: 2 };
      const first = await one.search(query);
      const second = await one.search({ ...query, cursor: first.cursor as string });
      expect([idsOf(first), idsOf(second)]).toEqual([['sew', 'caulk'], ['paint']]);
      expect(second.cursor).toBeUndefined();
      const other = one.search({ ...query, text: 'hull', cursor: first.cursor as string });
      await expect(other).rejects.toMatchObject({ name: 'StorageQueryError', code: 'INVALID_QUERY' });
    });

    test('vectors find the nearest first, with distances', async () => {
      const page = await one.search({ near: { field: 'vec', vector: [1, 0.1] } });
      expect(idsOf(page)).toEqual(['paint', 'caulk', 'sew']);
      expect(page.items[0]?._distance).toBeCloseTo(0.004963, 5);
      expect(page.items[0]).not.toHaveProperty('vec');
      const near = { field: 'vec', vector: [1, 0.1] };
      const filtered = await one.search({ near, filter: { kind: 'sail' }, withVector: true });
      expect(filtered.items[0]).toMatchObject({ id: 'sew', vec: [-1, 0.5] });
      const first = await one.search({ near, limit: 2 });
      const second = await one.search({ near, limit: 2, cursor: first.cursor as string });
      expect([...idsOf(first), ...idsOf(second)]).toEqual(['paint', 'caulk', 'sew']);
      expect(second.cursor).toBeUndefined();
    });

    test.each<[string, TypesenseFilter, string[]]>([
      ['a value', { kind: 'sail' }, ['sew']],
      ['a value in another case', { kind: 'SAIL' }, []],
      ['words in another case', { kind: { words: 'SAIL' } }, ['sew']],
      ['one of several', { kind: { in: ['sail', 'mast'] } }, ['sew']],
      ['another value', { kind: { not: 'sail' } }, ['caulk', 'paint']],
      ['another number', { year: { not: 2021 } }, ['paint', 'sew']],
      ['a range', { year: { gte: 2021, lt: 2022 } }, ['caulk']],
      ['numbers', { year: { in: [2020, 2022] } }, ['paint', 'sew']],
      ['a truth', { ok: true }, ['sew']],
      ['a member of a list', { tags: 'dry dock' }, ['paint']],
      ['words', { text: { words: 'hull the' } }, ['caulk', 'paint']],
      ['either', [{ kind: 'sail' }, { year: 2020 }], ['paint', 'sew']],
      ['either, and more', [{ kind: 'hull', year: { gt: 2020 } }, { ok: true }], ['caulk', 'sew']],
      ['ids', { id: { in: ['paint', 'nobody'] } }, ['paint']],
      ['an expression', 'kind:=sail || year:=2020', ['paint', 'sew']],
      ['nothing', {}, ['caulk', 'paint', 'sew']],
      ['what looks like an expression', { kind: 'x` || year:>0 || kind:=`y' }, []],
      ['what ends in a backslash', { kind: 'sail\\' }, []],
    ])('filters by %s', async (_, filter, ids) => {
      expect(idsOf(await one.search({ filter })).sort()).toEqual(ids);
    });

    test.each<[string, TypesenseQuery]>([
      ['an unknown field', { filter: { nope: 1 } }],
      ['an unknown condition', { filter: { year: { above: 1 } as never } }],
      ['an empty list', { filter: { year: { in: [] } } }],
      ['an empty text', { filter: ' ' }],
      ['a condition that is empty', { filter: { year: {} } }],
      ['a value that got lost', { filter: { year: { gt: undefined as never } } }],
      ['a field whose value got lost', { filter: { year: undefined as never } }],
      ['one of several conditions that got lost', { filter: { year: { gt: 1, in: undefined as never } } }],
      ['a parameter that the adapter sets', { params: { filter_by: 'year:>1' } }],
      ['a misspelt part of a vector', { near: { field: 'vec', vector: [1, 0], k: 1 } as never }],
      ['a number where texts are', { filter: { kind: 1 } }],
      ['a text where fractions are', { filter: { price: '1' } }],
      ['a value that is none', { filter: { year: Number.NaN } }],
      ['a vector of another size', { near: { field: 'vec', vector: [1] } }],
      ['a vector field that is none', { near: { field: 'kind', vector: [1] } }],
      ['an unknown facet', { facets: ['text'] }],
      ['an unknown order', { sort: ['year'] }],
      ['no order', { sort: [] }],
      ['words in numbers', { text: 'x', by: ['year'] }],
    ])('refuses %s before any I/O', async (_, query) => {
      const refused = { name: 'StorageQueryError', code: 'INVALID_QUERY', outcome: 'not_sent' };
      await expect(one.search(query)).rejects.toMatchObject(refused);
    });

    test.each(['nope:=1', '(((', 'year:=x'])(
      'an expression that the server refuses is a query error: %s',
      async (filter) => {
        const refused = { name: 'StorageQueryError', retriable: false, outcome: 'rejected', attempts: 1 };
        await expect(one.search({ filter })).rejects.toMatchObject(refused);
      },
    );
  });
}
