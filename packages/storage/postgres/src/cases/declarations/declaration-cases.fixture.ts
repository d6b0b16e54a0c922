import { afterAll, describe, expect, test } from 'vitest';
import type { PostgresAdapter } from '../../adapter.js';
import { COLUMNS, type Item } from '../adapters.fixture.js';
import type { ConnectionSettings } from '../conformance.fixture.js';
import { AT, FINDS, found, openDeclarations, VALUES } from './declarations.fixture.js';

/** What happens when `columns` changes over records that are there; run on the offline server and on a live one. */
export function declarationCases(settings: ConnectionSettings): void {
  describe('a declaration that changes', () => {
    const { newSchema, open, query, close } = openDeclarations(settings);
    afterAll(close);

    test('a column declared later gets the values that are there, of every type', async () => {
      const schema = newSchema();
      const before = await open(schema, {});
      await before.storeBatch([{ id: 'a', ...VALUES, at: AT }, { id: 'b', title: null }, { id: 'c' }]);
      const after = await open(schema, COLUMNS);
      expect(await after.retrieve('a')).toEqual({ id: 'a', ...VALUES, at: new Date(AT) });
      expect(await after.retrieve('b')).toEqual({ id: 'b', title: null });
      for (const [field, where] of Object.entries(FINDS)) {
        expect([field, await found(after, where)]).toEqual([field, ['a']]);
        expect([field, await found(before, { field, exists: true })]).toEqual([field, ['a']]);
        expect([field, await found(after, { field, exists: false })]).toEqual([field, ['b', 'c']]);
      }
      expect(await found(after, { field: 'at', lte: new Date(AT) })).toEqual(['a']);
      const sorted = await after.search({ orderBy: [{ field: 'n', direction: 'desc' }] });
      expect(sorted.items.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    });

    test('a version that runs on without the column sees the same records, and is seen', async () => {
      const schema = newSchema();
      const before = await open(schema, {});
      await before.store({ id: 'a', ...VALUES, at: AT });
      const after = await open(schema, COLUMNS);
      expect(await before.retrieve('a')).toEqual({ id: 'a', ...VALUES, at: AT });
      await before.store({ id: 'a', title: 'blue' });
      expect(await after.retrieve('a')).toEqual({ id: 'a', title: 'blue' });
      expect(await found(after, { field: 'title', eq: 'red' })).toEqual([]);
      expect(await found(after, { field: 'title', eq: 'blue' })).toEqual(['a']);
      await after.store({ id: 'a', title: 'green', at: new Date(AT) });
      expect(await before.retrieve('a')).toEqual({ id: 'a', title: 'green', at: AT });
      expect(await found(before, { field: 'title', eq: 'green' })).toEqual(['a']);
      expect(await found(before, { field: 'at', eq: AT })).toEqual(['a']);
      await before.store({ id: 'a' });
      expect(await after.retrieve('a')).toEqual({ id: 'a' });
      expect(await found(after, { field: 'title', exists: false })).toEqual(['a']);
    });

    test.each<[string, (adapter: PostgresAdapter<Item>) => Promise<unknown>]>([
      ['store', (adapter) => adapter.store({ id: 'b', title: 'new' })],
      ['storeBatch', (adapter) => adapter.storeBatch([{ id: 'b', title: 'new' }])],
      ['a conditional store', (adapter) => adapter.store({ id: 'b', title: 'new' }, { ifAbsent: true })],
      ['update', (adapter) => adapter.update('a', { title: 'new' })],
    ])('the first call of a running version after a column came is %s', async (_, call) => {
      const schema = newSchema();
      const before = await open(schema, {});
      await before.store({ id: 'a', title: 'old' });
      const after = await open(schema, { title: 'text' });
      await call(before);
      expect(await found(after, { field: 'title', eq: 'new' })).toHaveLength(1);
    });

    test.each<[string, (adapter: PostgresAdapter<Item>) => Promise<unknown>, unknown]>([
      ['retrieve', (adapter) => adapter.retrieve('a'), { id: 'a', title: 'old' }],
      [
        'retrieveVersioned',
        async (adapter) => (await adapter.retrieveVersioned('a'))?.record,
        { id: 'a', title: 'old' },
      ],
      ['search', (adapter) => found(adapter, { field: 'title', eq: 'old' }), ['a']],
      ['count', (adapter) => adapter.count({ where: { field: 'title', eq: 'old' } }), 1],
      ['deleteWhere', (adapter) => adapter.deleteWhere({ where: { field: 'title', eq: 'old' } }), 1],
    ])('or %s', async (_, call, expected) => {
      const schema = newSchema();
      const before = await open(schema, {});
      await before.store({ id: 'a', title: 'old' });
      await open(schema, { title: 'text' });
      expect(await call(before)).toEqual(expected);
    });

    test('a column no longer declared keeps its values, and what was replaced does not come back', async () => {
      const schema = newSchema();
      const declared = await open(schema, COLUMNS);
      await declared.store({ id: 'a', ...VALUES, at: new Date(AT) });
      const without = await open(schema, {});
      expect(await without.retrieve('a')).toEqual({ id: 'a', ...VALUES, at: AT });
      await without.store({ id: 'a', n: 2 });
      const again = await open(schema, COLUMNS);
      for (const adapter of [declared, without, again])
        expect(await adapter.retrieve('a')).toEqual({ id: 'a', n: 2 });
      expect(await found(declared, { field: 'title', exists: true })).toEqual([]);
      expect(await found(declared, { field: 'n', eq: 2 })).toEqual(['a']);
    });

    test('a page goes on after a column came', async () => {
      const schema = newSchema();
      const before = await open(schema, {});
      await before.storeBatch(['a', 'b', 'c'].map((id) => ({ id, title: 'same' })));
      const where = { field: 'title', eq: 'same' } as const;
      const first = await before.search({ where, limit: 1 });
      await open(schema, { title: 'text' });
      const rest = await before.search({ where, limit: 5, ...(first.cursor && { cursor: first.cursor }) });
      expect(rest.items.map(({ id }) => id)).toEqual(['b', 'c']);
    });

    test('values that the new column cannot hold are refused by connect, which changes nothing', async () => {
      const schema = newSchema();
      const before = await open(schema, {});
      await before.storeBatch([
        { id: 'a', n: 'one' },
        { id: 'b', n: 2 },
        { id: 'c', n: 'three' },
      ]);
      const error = await open(schema, { n: 'integer' }).catch((reason) => reason);
      expect(error).toMatchObject({ name: 'StorageDataError', code: 'COLUMN_VALUES', retriable: false });
      expect(error.message).toContain('2 records hold in "n" what a column of the type integer cannot');
      expect(await before.retrieve('b')).toEqual({ id: 'b', n: 2 });
      const whole = await open(schema, { n: 'jsonb' });
      expect(await found(whole, { field: 'n', eq: 'three' })).toEqual(['c']);
    });

    test('what a running version writes and the column cannot hold is there, without an order', async () => {
      const schema = newSchema();
      const before = await open(schema, {});
      const after = await open(schema, { n: 'integer' });
      await before.store({ id: 'a', n: 'one' });
      expect(await after.retrieve('a')).toEqual({ id: 'a', n: 'one' });
      expect(await found(after, { field: 'n', exists: true })).toEqual(['a']);
      expect(await found(after, { field: 'n', eq: null })).toEqual([]);
      expect(await found(before, { field: 'n', eq: 'one' })).toEqual(['a']);
      await open(schema, { n: 'integer' });
    });

    test('columns that somebody else added are left alone', async () => {
      const schema = newSchema();
      const adapter = await open(schema, {});
      await query(
        `ALTER TABLE "${schema}"."items" ADD COLUMN "noted" text, ADD COLUMN "made" timestamptz DEFAULT now()`,
      );
      await adapter.store({ id: 'a', n: 1 });
      await query(`UPDATE "${schema}"."items" SET "noted" = 'mine'`);
      const again = await open(schema, {});
      await again.store({ id: 'a', n: 2 });
      expect(await again.retrieve('a')).toEqual({ id: 'a', n: 2 });
      const { rows } = await query(`SELECT "noted", "made" IS NULL AS "unmade" FROM "${schema}"."items"`);
      expect(rows).toEqual([{ noted: 'mine', unmade: false }]);
    });
  });
}
