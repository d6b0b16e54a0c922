import { randomUUID } from 'node:crypto';
import { rejection } from '@drydock/storage/conformance';
import { describe, expect, test, vi } from 'vitest';
import type { Entity, GraphRecord, Relationship } from '../record.js';
import { type Adapters, COMPANY, KNOWS, knows, PERSON, person, WORKS_AT } from './adapters.fixture.js';

/** What an entity or relationship keeps, and which records are refused. */
export function recordCases(adapters: Adapters): void {
  describe('properties', () => {
    test.each<[string, Entity['properties']]>([
      [
        'integers without loss',
        { a: 2n ** 62n, b: -(2n ** 63n), c: [2n ** 60n, -(2n ** 61n)], d: 2 ** 53 - 1 },
      ],
      ['numbers that are not integers', { a: 0.1, b: -0, c: 1e300, d: [1, 2.5], e: 2 ** 60 }],
      [
        'values that Neo4j has no type for',
        { a: { b: { c: [null, 1, 'x'] } }, n: null, m: [1, 'x'], l: [[1], [2]] },
      ],
      ['lists of one kind', { a: ['x', 'y'], b: [true, false], c: [], d: [1, 2, 3] }],
      ['names that the adapter uses itself', { id: 'mine', _json: '{}', _expiresAt: 1, _namespace: 'x' }],
      ['hostile names', { 'a`b': 1, '': 2, 'x.y': 3, 'a\u0000b': 4, 'n:Admin': 5 }],
      ['a lone surrogate in a text', { text: 'a\ud800b' }],
    ])('keep %s', async (_, properties) => {
      const record = person(randomUUID(), properties);
      await adapters.graph.store(record);
      await expect(adapters.graph.retrieve(record.id ?? '')).resolves.toStrictEqual(record);
    });

    test('come back as a number where a bigint is not needed', async () => {
      await adapters.graph.store(person('small', { n: 5n, list: [1n, 2n ** 60n] }));
      const read = await adapters.graph.retrieve('small');
      expect(read?.properties).toStrictEqual({ n: 5, list: [1, 2n ** 60n] });
    });

    test.each([
      ['an integer beyond 64 bits', { n: 2n ** 63n }],
      ['a bigint inside an object', { o: { n: 1n } }],
      ['NaN', { n: Number.NaN }],
      ['an infinity in a list', { n: [Number.POSITIVE_INFINITY] }],
    ])('refuse %s before anything is sent', async (_, properties) => {
      const error = await rejection(adapters.graph.store(person('x', properties)));
      expect(error).toMatchObject({ kind: 'data', outcome: 'not_sent', attempts: 0 });
    });
  });

  describe('records', () => {
    test('too large for an index are refused alone', async () => {
      const [small, large] = [randomUUID(), randomUUID()];
      const records = [
        person(large, { name: 'x'.repeat(9_000) }),
        person(small, { name: 'x'.repeat(8_000) }),
      ];
      const error = await rejection(adapters.graph.storeBatch(records));
      expect(error).toMatchObject({ kind: 'data', retriable: false, outcome: 'rejected' });
      expect(error.failures).toMatchObject([{ index: 0, id: large }]);
      await expect(adapters.graph.retrieveBatch([small, large])).resolves.toEqual([records[1], null]);
    });

    test.each<[string, string, unknown]>([
      ['an undeclared label', 'UNKNOWN_LABEL', { label: 'Admin', properties: {} }],
      ['a hostile label', 'UNKNOWN_LABEL', { label: 'Person`) DETACH DELETE n //', properties: {} }],
      ['an undeclared type', 'UNKNOWN_TYPE', { type: 'OWNS', from: 'a', to: 'b', properties: {} }],
      ['a hostile type', 'UNKNOWN_TYPE', { type: 'KNOWS`]->() //', from: 'a', to: 'b', properties: {} }],
      ['no label and no type', 'UNKNOWN_TYPE', { properties: {} }],
      ['no properties', 'INVALID_RECORD', { label: PERSON }],
      ['properties at the top', 'INVALID_RECORD', { label: PERSON, name: 'x', properties: {} }],
      ['an end that is not an id', 'INVALID_ENDPOINT', { type: KNOWS, from: 'a', to: 1, properties: {} }],
    ])('refuse %s before anything is sent', async (_, code, record) => {
      const error = await rejection(adapters.graph.store(record as GraphRecord));
      expect(error).toMatchObject({ kind: 'data', code, outcome: 'not_sent' });
    });

    test('change label and properties as a whole, and keep their relationships', async () => {
      await adapters.graph.storeBatch([person('p1', { old: 1 }), person('p2'), knows('p', 'p1', 'p2')]);
      const changed: Entity = { id: 'p1', label: COMPANY, properties: { new: 2 } };
      await adapters.graph.store(changed);
      await expect(adapters.graph.retrieve('p1')).resolves.toEqual(changed);
      await expect(adapters.ids({ find: 'relationships', from: 'p1' })).resolves.toEqual(['p']);
      await expect(
        adapters.ids({ find: 'entities', label: COMPANY, where: [{ property: 'new', eq: 2 }] }),
      ).resolves.toEqual(['p1']);
    });

    test('of relationships change type and ends', async () => {
      await adapters.graph.storeBatch([
        person('q1'),
        person('q2'),
        person('q3'),
        knows('q', 'q1', 'q2', { n: 1 }),
      ]);
      const moved: Relationship = { id: 'q', type: WORKS_AT, from: 'q2', to: 'q3', properties: { n: 2 } };
      await adapters.graph.store(moved);
      await expect(adapters.graph.retrieve('q')).resolves.toEqual(moved);
      await expect(adapters.ids({ find: 'relationships', from: 'q1' })).resolves.toEqual([]);
      await expect(adapters.graph.delete('q')).resolves.toBe(true);
      await expect(adapters.graph.retrieve('q')).resolves.toBeNull();
    });

    test('without both ends are refused by index, the others stored', async () => {
      await adapters.graph.storeBatch([person('m1'), person('m2')]);
      const error = await rejection(
        adapters.graph.storeBatch([
          knows('m', 'm1', 'm2'),
          knows('n', 'm1', 'nobody'),
          knows('o', 'm2', 'm1'),
        ]),
      );
      expect(error.failures).toEqual([
        { index: 1, id: 'n', kind: 'data', retriable: false, outcome: 'rejected', code: 'NO_ENDPOINT' },
      ]);
      const stored = await adapters.graph.retrieveBatch(['m', 'n', 'o']);
      expect(stored.map((record) => record !== null)).toEqual([true, false, true]);
    });

    test('that fail leave what was there', async () => {
      await adapters.graph.storeBatch([person('k1'), person('k2'), knows('k', 'k1', 'k2', { n: 1 })]);
      await rejection(adapters.graph.store(knows('k', 'k1', 'nobody', { n: 2 })));
      await expect(adapters.graph.retrieve('k')).resolves.toEqual(knows('k', 'k1', 'k2', { n: 1 }));
    });

    test('have ids that no entity and relationship share', async () => {
      await adapters.graph.storeBatch([person('i1'), person('i2'), knows('i', 'i1', 'i2')]);
      expect(await rejection(adapters.graph.store(person('i')))).toMatchObject({
        kind: 'data',
        code: 'ID_TAKEN',
      });
      expect(await rejection(adapters.graph.store(knows('i1', 'i1', 'i2')))).toMatchObject({
        code: 'NO_ENDPOINT',
      });
      await expect(adapters.graph.retrieve('i1')).resolves.toEqual(person('i1'));
    });

    test('that are deleted take their relationships along', async () => {
      await adapters.graph.storeBatch([person('x1'), person('x2'), knows('x', 'x1', 'x2')]);
      await expect(adapters.graph.deleteBatch(['x1', 'x'])).resolves.toEqual(
        new Map([
          ['x1', true],
          ['x', true],
        ]),
      );
      await adapters.graph.storeBatch([person('x1'), knows('y', 'x1', 'x2')]);
      await expect(adapters.graph.delete('x1')).resolves.toBe(true);
      await expect(adapters.graph.retrieve('y')).resolves.toBeNull();
      await expect(adapters.graph.delete('y')).resolves.toBe(false);
    });

    test('that have expired hide their relationships, and do not bring them back', async () => {
      await adapters.graph.storeBatch([person('t2'), person('t3')]);
      await adapters.graph.store(person('t1'), { ttlMs: 1_000 });
      await adapters.graph.storeBatch([knows('t', 't1', 't2'), knows('u', 't2', 't3')]);
      await vi.waitFor(async () => expect(await adapters.graph.retrieve('t1')).toBeNull(), {
        timeout: 10_000,
      });
      await expect(adapters.graph.retrieve('t')).resolves.toBeNull();
      await expect(adapters.ids({ find: 'neighbours', of: 't2' })).resolves.toEqual(['t3']);
      expect(await rejection(adapters.graph.store(knows('v', 't1', 't2')))).toMatchObject({
        code: 'NO_ENDPOINT',
      });
      await adapters.graph.store(person('t1'));
      await expect(adapters.ids({ find: 'neighbours', of: 't1' })).resolves.toEqual([]);
      await expect(adapters.graph.retrieve('t')).resolves.toBeNull();
    });

    test('of another namespace are not seen, though types are shared', async () => {
      const other = await adapters.connected();
      await other.storeBatch([person('a'), person('b', { other: true }), knows('ab', 'b', 'a')]);
      await expect(other.retrieve('ab')).resolves.toEqual(knows('ab', 'b', 'a'));
      await expect(adapters.graph.retrieve('ab')).resolves.toEqual(knows('ab', 'a', 'b', { since: 2001 }));
      await other.deleteBatch(['a', 'b', 'ab']);
      await expect(adapters.graph.retrieve('ab')).resolves.not.toBeNull();
      await other.disconnect();
    });
  });
}
