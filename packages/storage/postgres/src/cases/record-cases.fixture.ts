import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Adapters, Item } from './adapters.fixture.js';
import { type ConnectionSettings, withClient } from './conformance.fixture.js';

/** What a record keeps, and which records are refused. */
export function recordCases({ settings, schema, adapter, make }: Adapters): void {
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
      ['JSON that is not an object', { meta: 'text' }],
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

  test('an expired record is absent from every page and answers false to delete', async () => {
    const ids = await adapter.storeBatch([{ mark: 'expiring' }, { mark: 'expiring' }], { ttlMs: 40 });
    await vi.waitFor(async () => expect(await adapter.retrieveBatch(ids)).toEqual([null, null]));
    expect((await adapter.search({ where: { field: 'mark', eq: 'expiring' } })).items).toEqual([]);
    expect(await adapter.deleteBatch(ids)).toEqual(new Map(ids.map((id) => [id, false])));
  });

  describe('a record that the server refuses', () => {
    const guarded = make('guarded', { maxConnections: 1 });
    const processIds = () =>
      withClientRows(settings, `SELECT n FROM "${schema}"."guarded" WHERE id = 'x'`).then(
        ({ length }) => length,
      );

    beforeAll(async () => {
      await guarded.connect();
      await withClient(settings, (client) =>
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
}

async function withClientRows(settings: ConnectionSettings, sql: string): Promise<unknown[]> {
  let rows: unknown[] = [];
  await withClient(settings, async (client) => {
    ({ rows } = await client.query(sql));
  });
  return rows;
}
