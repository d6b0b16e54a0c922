import { rejection } from '@drydock/storage/conformance';
import { describe, expect, test } from 'vitest';
import { type Adapters, COMPANY, KNOWS, knows, PERSON, PLACE, person, WORKS_AT } from './adapters.fixture.js';

/** What listings, neighbourhoods and paths find. */
export function searchCases(adapters: Adapters): void {
  describe('listings', () => {
    test.each<[string, readonly object[], string[]]>([
      ['eq', [{ property: 'name', eq: 'name b' }], ['b']],
      ['in', [{ property: 'age', in: [1, 3, 99] }], ['b', 'd']],
      ['gt and lte', [{ property: 'age', gt: 1, lte: 3 }], ['c', 'd']],
      ['gte and lt, fractions among integers', [{ property: 'age', gte: 0.5, lt: 1.5 }], ['b']],
      ['startsWith and contains', [{ property: 'name', startsWith: 'name', contains: ' e' }], ['e']],
      [
        'eq null',
        [
          { property: 'age', eq: null },
          { property: 'name', eq: 'Acme' },
        ],
        ['acme'],
      ],
      [
        'several conditions',
        [
          { property: 'age', exists: true },
          { property: 'name', in: ['name a'] },
        ],
        ['a'],
      ],
      ['a value that is markup', [{ property: 'name', eq: "x' OR 1=1 //" }], []],
    ])('compare by %s', async (_, where, expected) => {
      await expect(adapters.ids({ find: 'entities', where: where as never })).resolves.toEqual(expected);
    });

    test('are limited to a label, a type or an end', async () => {
      await expect(adapters.ids({ find: 'entities', label: PLACE })).resolves.toEqual(['brno']);
      await expect(adapters.ids({ find: 'relationships', type: WORKS_AT, to: 'acme' })).resolves.toEqual([
        'dw',
      ]);
      await expect(adapters.ids({ find: 'relationships', from: 'a' })).resolves.toEqual(['ab', 'ac']);
      await expect(
        adapters.ids({ find: 'relationships', where: [{ property: 'since', gt: 2001 }] }),
      ).resolves.toEqual(['bc']);
    });

    test('of relationships have pages', async () => {
      const first = await adapters.graph.search({ find: 'relationships', from: 'a', limit: 1 });
      const cursor = first.cursor ?? '';
      const second = await adapters.graph.search({ find: 'relationships', from: 'a', limit: 1, cursor });
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['ab', 'ac']);
      expect(second.cursor).toBeUndefined();
      const error = await rejection(
        adapters.graph.search({ find: 'relationships', from: 'b', limit: 1, cursor }),
      );
      expect(error).toMatchObject({ kind: 'query', code: 'INVALID_QUERY', outcome: 'not_sent' });
    });

    test.each<[string, object]>([
      ['an undeclared label', { find: 'entities', label: 'Person`) DETACH DELETE n //' }],
      ['an undeclared type', { find: 'relationships', type: 'KNOWS`]' }],
      ['a hostile property', { find: 'entities', where: [{ property: 'a` = 1 OR n.`b', eq: 1 }] }],
      [
        'a property of the adapter’s own',
        { find: 'entities', where: [{ property: '_json', contains: 'x' }] },
      ],
      ['a condition without an operator', { find: 'entities', where: [{ property: 'a' }] }],
      [
        'an operator whose value got lost',
        { find: 'entities', where: [{ property: 'a', eq: undefined, gt: 1 }] },
      ],
      ['an end whose value got lost', { find: 'relationships', from: undefined }],
      ['a label whose value got lost', { find: 'entities', label: undefined }],
      ['a part of another kind of query', { find: 'entities', from: 'a' }],
      ['an unknown operator', { find: 'entities', where: [{ property: 'a', like: 'x' }] }],
      ['a comparison with an object', { find: 'entities', where: [{ property: 'a', eq: {} }] }],
      ['a depth of 0', { find: 'neighbours', of: 'a', depth: 0 }],
      ['a depth beyond the bound', { find: 'neighbours', of: 'a', depth: 7 }],
      ['a depth that is text', { find: 'neighbours', of: 'a', depth: '1]-() //' }],
      ['an unknown direction', { find: 'neighbours', of: 'a', direction: '-->' }],
      ['no type to follow', { find: 'neighbours', of: 'a', types: [] }],
      ['a path beyond the bound', { find: 'path', from: 'a', to: 'b', depth: 16 }],
      ['a path that does not fit the page', { find: 'path', from: 'a', to: 'b', depth: 5, limit: 10 }],
      ['an unknown kind', { find: 'everything' }],
    ])('refuse %s', async (_, query) => {
      const error = await rejection(adapters.graph.search(query as never));
      expect(error).toMatchObject({ kind: 'query', outcome: 'not_sent', retriable: false });
    });
  });

  describe('neighbours', () => {
    const around = async (query: object) =>
      (await adapters.graph.search({ find: 'neighbours', of: 'a', ...query })).items.map(
        ({ id, distance }) => `${distance}${id}`,
      );

    test('are found once each, the nearest first', async () => {
      await expect(around({})).resolves.toEqual(['1b', '1c']);
      await expect(around({ depth: 2 })).resolves.toEqual(['1b', '1c', '2d']);
      await expect(around({ depth: 6 })).resolves.toEqual(['1b', '1c', '2d', '3acme']);
    });

    test('are found by direction, types and label', async () => {
      await expect(around({ of: 'c', direction: 'out', depth: 3 })).resolves.toEqual(['1d', '2acme']);
      await expect(around({ of: 'c', direction: 'in', depth: 3 })).resolves.toEqual(['1a', '1b']);
      await expect(around({ depth: 6, types: [KNOWS] })).resolves.toEqual(['1b', '1c', '2d']);
      await expect(around({ depth: 6, label: COMPANY })).resolves.toEqual(['3acme']);
      await expect(around({ of: 'nobody' })).resolves.toEqual([]);
    });

    test('come in pages', async () => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await adapters.graph.search({
          find: 'neighbours',
          of: 'a',
          depth: 6,
          limit: 3,
          ...(cursor && { cursor }),
        });
        found.push(...page.items.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor);
      expect(found).toEqual(['b', 'c', 'd', 'acme']);
    });
  });

  describe('a path', () => {
    const path = (from: string, to: string, more = {}) => adapters.ids({ find: 'path', from, to, ...more });

    test('is the shortest, entities and relationships in turn', async () => {
      await expect(path('a', 'acme')).resolves.toEqual(['a', 'ac', 'c', 'cd', 'd', 'dw', 'acme']);
      const { items } = await adapters.graph.search({ find: 'path', from: 'd', to: 'a' });
      expect(items).toMatchObject([
        { ...person('d'), properties: { age: 3 }, distance: 0 },
        { ...knows('cd', 'c', 'd'), distance: 1 },
        { id: 'c', distance: 2 },
        { ...knows('ac', 'a', 'c'), distance: 3 },
        { id: 'a', label: PERSON, distance: 4 },
      ]);
    });

    test('keeps to the depth, the direction and the types of the query', async () => {
      await expect(path('a', 'acme', { depth: 2 })).resolves.toEqual([]);
      await expect(path('a', 'acme', { types: [KNOWS] })).resolves.toEqual([]);
      await expect(path('d', 'a', { direction: 'out' })).resolves.toEqual([]);
      await expect(path('d', 'a', { direction: 'in' })).resolves.toEqual(['d', 'cd', 'c', 'ac', 'a']);
    });

    test('from an entity to itself is the entity; to or from an unknown one there is none', async () => {
      await expect(path('a', 'a')).resolves.toEqual(['a']);
      await expect(path('a', 'nobody')).resolves.toEqual([]);
      await expect(path('nobody', 'nobody')).resolves.toEqual([]);
    });
  });
}
