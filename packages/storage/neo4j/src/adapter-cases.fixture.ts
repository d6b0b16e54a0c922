import { randomUUID } from 'node:crypto';
import type { StorageError } from '@drydock/storage';
import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createNeo4jAdapter, type Neo4jAdapter } from './adapter.js';
import { labelOf, type Reach, removeNamespace } from './conformance.fixture.js';
import type { Entity, GraphRecord, Relationship } from './record.js';

/** In the name of everything that a run makes on a server, so that two runs do not meet and it can be removed. */
const RUN = labelOf(newNamespace());
const PERSON = `Person_${RUN}`;
const COMPANY = `Company_${RUN}`;
const PLACE = `Místo_${RUN}`;
const KNOWS = `KNOWS_${RUN}`;
const WORKS_AT = `WORKS_AT_${RUN}`;

const unique = () => randomUUID();

const person = (id: string, properties: Entity['properties'] = {}): Entity => ({
  id,
  label: PERSON,
  properties,
});
const knows = (id: string, from: string, to: string, properties = {}): Relationship => ({
  id,
  type: KNOWS,
  from,
  to,
  properties,
});

/** What the graph does beyond the contract; the same on the in-process server and on a real one. */
export function adapterCases(
  name: string,
  reach: Reach,
  remove: typeof removeNamespace = removeNamespace,
): void {
  describe(`neo4j graph, ${name}`, () => {
    let graph: Neo4jAdapter;
    const namespaces = new Set<string>();
    const connected = async (): Promise<Neo4jAdapter> => {
      const namespace = `Drydock${namespaces.size}_${RUN}`;
      namespaces.add(namespace);
      const adapter = createNeo4jAdapter({
        ...reach,
        timeoutMs: 20_000,
        namespace,
        labels: [PERSON, COMPANY, PLACE],
        types: [KNOWS, WORKS_AT],
        indexes: { [PERSON]: ['name'] },
      });
      await adapter.connect();
      return adapter;
    };
    const rejection = (promise: Promise<unknown>): Promise<StorageError> =>
      promise.then(
        () => expect.fail('it should have rejected'),
        (error) => error,
      );
    const ids = async (query: Parameters<Neo4jAdapter['search']>[0]) =>
      (await graph.search(query)).items.map(({ id }) => id);

    beforeAll(async () => {
      graph = await connected();
      await graph.storeBatch([
        ...['a', 'b', 'c', 'd', 'e'].map((id, age) => person(id, { name: `name ${id}`, age, tags: [id] })),
        { id: 'acme', label: COMPANY, properties: { name: 'Acme' } },
        { id: 'brno', label: PLACE, properties: {} },
        knows('ab', 'a', 'b', { since: 2001 }),
        knows('bc', 'b', 'c', { since: 2002 }),
        knows('cd', 'c', 'd'),
        knows('ac', 'a', 'c'),
        { id: 'dw', type: WORKS_AT, from: 'd', to: 'acme', properties: { role: 'x' } },
      ]);
    });

    afterAll(async () => {
      await graph?.disconnect();
      for (const namespace of namespaces) await remove(reach, namespace, RUN);
    });

    describe('properties', () => {
      test.each<[string, Entity['properties']]>([
        [
          'integers without loss',
          { a: 2n ** 62n, b: -(2n ** 63n), c: [2n ** 60n, -(2n ** 61n)], d: 2 ** 53 - 1 },
        ],
        ['numbers that are no integers', { a: 0.1, b: -0, c: 1e300, d: [1, 2.5], e: 2 ** 60 }],
        [
          'what Neo4j has no type for',
          { a: { b: { c: [null, 1, 'x'] } }, n: null, m: [1, 'x'], l: [[1], [2]] },
        ],
        ['lists of one kind', { a: ['x', 'y'], b: [true, false], c: [], d: [1, 2, 3] }],
        ['names that are the adapter’s own', { id: 'mine', _json: '{}', _expiresAt: 1, _namespace: 'x' }],
        ['hostile names', { 'a`b': 1, '': 2, 'x.y': 3, 'a\u0000b': 4, 'n:Admin': 5 }],
        ['a lone surrogate in a text', { text: 'a\ud800b' }],
      ])('keep %s', async (_, properties) => {
        const record = person(unique(), properties);
        await graph.store(record);
        await expect(graph.retrieve(record.id ?? '')).resolves.toStrictEqual(record);
      });

      test('come back as a number where a bigint is not needed', async () => {
        await graph.store(person('small', { n: 5n, list: [1n, 2n ** 60n] }));
        const read = await graph.retrieve('small');
        expect(read?.properties).toStrictEqual({ n: 5, list: [1, 2n ** 60n] });
      });

      test.each([
        ['an integer beyond 64 bits', { n: 2n ** 63n }],
        ['a bigint inside an object', { o: { n: 1n } }],
        ['NaN', { n: Number.NaN }],
        ['an infinity in a list', { n: [Number.POSITIVE_INFINITY] }],
      ])('refuse %s before anything is sent', async (_, properties) => {
        const error = await rejection(graph.store(person('x', properties)));
        expect(error).toMatchObject({ kind: 'data', outcome: 'not_sent', attempts: 0 });
      });
    });

    describe('records', () => {
      test.each<[string, string, unknown]>([
        ['an undeclared label', 'UNKNOWN_LABEL', { label: 'Admin', properties: {} }],
        ['a hostile label', 'UNKNOWN_LABEL', { label: 'Person`) DETACH DELETE n //', properties: {} }],
        ['an undeclared type', 'UNKNOWN_TYPE', { type: 'OWNS', from: 'a', to: 'b', properties: {} }],
        ['a hostile type', 'UNKNOWN_TYPE', { type: 'KNOWS`]->() //', from: 'a', to: 'b', properties: {} }],
        ['no label and no type', 'UNKNOWN_TYPE', { properties: {} }],
        ['no properties', 'INVALID_RECORD', { label: PERSON }],
        ['properties at the top', 'INVALID_RECORD', { label: PERSON, name: 'x', properties: {} }],
        ['an end that is no id', 'INVALID_ENDPOINT', { type: KNOWS, from: 'a', to: 1, properties: {} }],
      ])('refuse %s before anything is sent', async (_, code, record) => {
        const error = await rejection(graph.store(record as GraphRecord));
        expect(error).toMatchObject({ kind: 'data', code, outcome: 'not_sent' });
      });

      test('change label and properties as a whole, and keep their relationships', async () => {
        await graph.storeBatch([person('p1', { old: 1 }), person('p2'), knows('p', 'p1', 'p2')]);
        const changed: Entity = { id: 'p1', label: COMPANY, properties: { new: 2 } };
        await graph.store(changed);
        await expect(graph.retrieve('p1')).resolves.toEqual(changed);
        await expect(ids({ find: 'relationships', from: 'p1' })).resolves.toEqual(['p']);
        await expect(
          ids({ find: 'entities', label: COMPANY, where: [{ property: 'new', eq: 2 }] }),
        ).resolves.toEqual(['p1']);
      });

      test('of relationships change type and ends', async () => {
        await graph.storeBatch([person('q1'), person('q2'), person('q3'), knows('q', 'q1', 'q2', { n: 1 })]);
        const moved: Relationship = { id: 'q', type: WORKS_AT, from: 'q2', to: 'q3', properties: { n: 2 } };
        await graph.store(moved);
        await expect(graph.retrieve('q')).resolves.toEqual(moved);
        await expect(ids({ find: 'relationships', from: 'q1' })).resolves.toEqual([]);
        await expect(graph.delete('q')).resolves.toBe(true);
        await expect(graph.retrieve('q')).resolves.toBeNull();
      });

      test('without both ends are refused by index, the others stored', async () => {
        await graph.storeBatch([person('m1'), person('m2')]);
        const error = await rejection(
          graph.storeBatch([knows('m', 'm1', 'm2'), knows('n', 'm1', 'nobody'), knows('o', 'm2', 'm1')]),
        );
        expect(error.failures).toEqual([
          { index: 1, id: 'n', kind: 'data', retriable: false, outcome: 'rejected', code: 'NO_ENDPOINT' },
        ]);
        const stored = await graph.retrieveBatch(['m', 'n', 'o']);
        expect(stored.map((record) => record !== null)).toEqual([true, false, true]);
      });

      test('that fail leave what was there', async () => {
        await graph.storeBatch([person('k1'), person('k2'), knows('k', 'k1', 'k2', { n: 1 })]);
        await rejection(graph.store(knows('k', 'k1', 'nobody', { n: 2 })));
        await expect(graph.retrieve('k')).resolves.toEqual(knows('k', 'k1', 'k2', { n: 1 }));
      });

      test('share one space of ids', async () => {
        await graph.storeBatch([person('i1'), person('i2'), knows('i', 'i1', 'i2')]);
        expect(await rejection(graph.store(person('i')))).toMatchObject({ kind: 'data', code: 'ID_TAKEN' });
        expect(await rejection(graph.store(knows('i1', 'i1', 'i2')))).toMatchObject({ code: 'NO_ENDPOINT' });
        await expect(graph.retrieve('i1')).resolves.toEqual(person('i1'));
      });

      test('that are deleted take their relationships along', async () => {
        await graph.storeBatch([person('x1'), person('x2'), knows('x', 'x1', 'x2')]);
        await expect(graph.deleteBatch(['x1', 'x'])).resolves.toEqual(
          new Map([
            ['x1', true],
            ['x', true],
          ]),
        );
        await graph.storeBatch([person('x1'), knows('y', 'x1', 'x2')]);
        await expect(graph.delete('x1')).resolves.toBe(true);
        await expect(graph.retrieve('y')).resolves.toBeNull();
        await expect(graph.delete('y')).resolves.toBe(false);
      });

      test('that have expired hide their relationships, and do not bring them back', async () => {
        await graph.storeBatch([person('t2'), person('t3')]);
        await graph.store(person('t1'), { ttlMs: 1_000 });
        await graph.storeBatch([knows('t', 't1', 't2'), knows('u', 't2', 't3')]);
        await vi.waitFor(async () => expect(await graph.retrieve('t1')).toBeNull(), { timeout: 10_000 });
        await expect(graph.retrieve('t')).resolves.toBeNull();
        await expect(ids({ find: 'neighbours', of: 't2' })).resolves.toEqual(['t3']);
        expect(await rejection(graph.store(knows('v', 't1', 't2')))).toMatchObject({ code: 'NO_ENDPOINT' });
        await graph.store(person('t1'));
        await expect(ids({ find: 'neighbours', of: 't1' })).resolves.toEqual([]);
        await expect(graph.retrieve('t')).resolves.toBeNull();
      });

      test('of another namespace are not seen, though types are shared', async () => {
        const other = await connected();
        await other.storeBatch([person('a'), person('b', { other: true }), knows('ab', 'b', 'a')]);
        await expect(other.retrieve('ab')).resolves.toEqual(knows('ab', 'b', 'a'));
        await expect(graph.retrieve('ab')).resolves.toEqual(knows('ab', 'a', 'b', { since: 2001 }));
        await other.deleteBatch(['a', 'b', 'ab']);
        await expect(graph.retrieve('ab')).resolves.not.toBeNull();
        await other.disconnect();
      });
    });

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
        await expect(ids({ find: 'entities', where: where as never })).resolves.toEqual(expected);
      });

      test('are narrowed to a label, a type or an end', async () => {
        await expect(ids({ find: 'entities', label: PLACE })).resolves.toEqual(['brno']);
        await expect(ids({ find: 'relationships', type: WORKS_AT, to: 'acme' })).resolves.toEqual(['dw']);
        await expect(ids({ find: 'relationships', from: 'a' })).resolves.toEqual(['ab', 'ac']);
        await expect(
          ids({ find: 'relationships', where: [{ property: 'since', gt: 2001 }] }),
        ).resolves.toEqual(['bc']);
      });

      test('of relationships have pages', async () => {
        const first = await graph.search({ find: 'relationships', from: 'a', limit: 1 });
        const cursor = first.cursor ?? '';
        const second = await graph.search({ find: 'relationships', from: 'a', limit: 1, cursor });
        expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['ab', 'ac']);
        expect(second.cursor).toBeUndefined();
        const error = await rejection(graph.search({ find: 'relationships', from: 'b', limit: 1, cursor }));
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
        const error = await rejection(graph.search(query as never));
        expect(error).toMatchObject({ kind: 'query', outcome: 'not_sent', retriable: false });
      });
    });

    describe('neighbours', () => {
      const around = async (query: object) =>
        (await graph.search({ find: 'neighbours', of: 'a', ...query })).items.map(
          ({ id, distance }) => `${distance}${id}`,
        );

      test('are found once each, the nearest first', async () => {
        await expect(around({})).resolves.toEqual(['1b', '1c']);
        await expect(around({ depth: 2 })).resolves.toEqual(['1b', '1c', '2d']);
        await expect(around({ depth: 6 })).resolves.toEqual(['1b', '1c', '2d', '3acme']);
      });

      test('are found along the direction, the types and the label asked for', async () => {
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
          const page = await graph.search({
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
      const path = (from: string, to: string, more = {}) => ids({ find: 'path', from, to, ...more });

      test('is the shortest, entities and relationships in turn', async () => {
        await expect(path('a', 'acme')).resolves.toEqual(['a', 'ac', 'c', 'cd', 'd', 'dw', 'acme']);
        const { items } = await graph.search({ find: 'path', from: 'd', to: 'a' });
        expect(items).toMatchObject([
          { ...person('d'), properties: { age: 3 }, distance: 0 },
          { ...knows('cd', 'c', 'd'), distance: 1 },
          { id: 'c', distance: 2 },
          { ...knows('ac', 'a', 'c'), distance: 3 },
          { id: 'a', label: PERSON, distance: 4 },
        ]);
      });

      test('goes no further and no other way than asked for', async () => {
        await expect(path('a', 'acme', { depth: 2 })).resolves.toEqual([]);
        await expect(path('a', 'acme', { types: [KNOWS] })).resolves.toEqual([]);
        await expect(path('d', 'a', { direction: 'out' })).resolves.toEqual([]);
        await expect(path('d', 'a', { direction: 'in' })).resolves.toEqual(['d', 'cd', 'c', 'ac', 'a']);
      });

      test('from an entity to itself is the entity; to or from nobody there is none', async () => {
        await expect(path('a', 'a')).resolves.toEqual(['a']);
        await expect(path('a', 'nobody')).resolves.toEqual([]);
        await expect(path('nobody', 'nobody')).resolves.toEqual([]);
      });
    });
  });
}
