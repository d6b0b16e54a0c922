import { newNamespace } from '@drydock/storage/conformance';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TypesenseAdapter } from '../adapter.js';
import { type Adapters, type Item, idsOf } from './adapters.fixture.js';

/** What a record keeps, and which records are refused. */
export function recordCases({ connected }: Adapters): void {
  describe('records', () => {
    const collection = newNamespace();
    let one: TypesenseAdapter<Item>;
    beforeAll(async () => {
      one = await connected({ collection });
    });

    test('keep properties that are null, even when they are replaced', async () => {
      const record = {
        id: 'n',
        kind: null,
        other: null,
        deep: { x: null },
        list: [null],
        ['__proto__']: null,
      };
      for (const _ of [1, 2]) {
        await one.store(record);
        expect(await one.retrieve('n')).toEqual(record);
        expect((await one.search({ filter: { id: 'n' } })).items).toEqual([record]);
      }
      await one.store({ id: 'n', kind: 'x' });
      expect(await one.retrieve('n')).toStrictEqual({ id: 'n', kind: 'x' });
    });

    test('keep characters of several bytes, wherever a long request is split', async () => {
      const text = 'ž€😀'.repeat(100_000);
      for (const id of ['l1', 'l2', 'l3']) {
        // The first request of a connection is split into the most pieces.
        const fresh = await connected({ collection });
        await fresh.store({ id, body: text });
        expect(((await fresh.retrieve(id))?.body as string) === text).toBe(true);
      }
    });

    test.each([
      ['.', '..'],
      ['%2E%2E', '%'],
      ['back`tick', '`'],
      ['back\\', 'back\\`'],
      [' a ', 'a'],
      ['\n', '\u00a0'],
      ['a,b', '[a]'],
    ])('with the ids %j and %j are apart everywhere', async (a, b) => {
      const records = [a, b].map((id, n) => ({ id, n }));
      await one.storeBatch(records);
      expect(await one.retrieveBatch([b, a])).toEqual([...records].reverse());
      expect([await one.retrieve(a), await one.retrieve(b)]).toEqual(records);
      expect(idsOf(await one.search({ filter: { id: a } }))).toEqual([a]);
      expect(await one.delete(a)).toBe(true);
      expect(await one.deleteBatch([a, b])).toEqual(
        new Map([
          [a, false],
          [b, true],
        ]),
      );
      expect((await one.healthCheck()).status).toBe('healthy');
    });

    test.each<[string, Record<string, unknown>]>([
      ['a number for a text', { kind: 1 }],
      ['a text for a number', { year: '2020' }],
      ['a fraction for an integer', { year: 1.5 }],
      ['a vector of another size', { vec: [1, 2, 3] }],
      ['no list', { tags: 'x' }],
    ])('that have %s are refused by the server, by index; the others are stored', async (_, bad) => {
      const records = [{ id: 'first' }, { id: 'bad', ...bad }, { id: 'last' }];
      await expect(one.storeBatch(records)).rejects.toMatchObject({
        name: 'StorageDataError',
        retriable: false,
        outcome: 'rejected',
        attempts: 1,
        failures: [{ index: 1, id: 'bad', code: 'HTTP_400', outcome: 'rejected' }],
      });
      expect(await one.retrieveBatch(['first', 'bad', 'last'])).toEqual([
        { id: 'first' },
        null,
        { id: 'last' },
      ]);
      await one.deleteBatch(['first', 'last']);
    });

    test.each([
      ['NUMBER_TOO_LARGE', { year: 2 ** 31 }],
      ['NUMBER_TOO_LARGE', { vec: [1e39, 0] }],
      ['RESERVED_PROPERTY', { _key: 1 }],
      ['RESERVED_PROPERTY', { _expires_at: 1 }],
      ['RESERVED_PROPERTY', { '.flat': [] }],
      ['INVALID_RECORD', { kind: 'a\ud800b' }],
      ['ID_TOO_LONG', { id: 'x'.repeat(100_000) }],
    ])('are refused before any I/O: %s %#', async (code, bad) => {
      const refused = { name: 'StorageDataError', code, outcome: 'not_sent', attempts: 0 };
      await expect(one.store(bad)).rejects.toMatchObject(refused);
    });
  });
}
