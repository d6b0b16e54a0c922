import { describe, expect, test } from 'vitest';
import { tableStatements } from './sql.js';
import { defineTable, type TableOptions } from './table.js';

const declare = (options: Partial<TableOptions>) =>
  defineTable({ schema: 'app', table: 'notes', columns: {}, indexes: [], ...options });

describe('names', () => {
  test.each(['a"; DROP TABLE users; --', 'a.b', 'näme', 'with space', '1st', '', 'nul\0', 'x'.repeat(64)])(
    '%j is refused wherever a name goes',
    (name) => {
      expect(() => declare({ schema: name })).toThrow(TypeError);
      expect(() => declare({ table: name })).toThrow(TypeError);
      expect(() => declare({ columns: { [name]: 'text' } })).toThrow(TypeError);
    },
  );

  test('keywords and capitals are fine, since every name is quoted', () => {
    const table = declare({ schema: 'Select', table: 'order', columns: { userId: 'text' } });
    expect(table.quoted).toBe('"Select"."order"');
    expect(table.columns[0]?.quoted).toBe('"userId"');
  });

  test('the adapter keeps its own column names', () => {
    for (const name of ['id', '_extra', '_expires_at', '__proto__']) {
      expect(() => declare({ columns: { [name]: 'text' } })).toThrow('is reserved');
    }
  });
});

describe('declarations', () => {
  test('an unknown type is refused, also one that every object has', () => {
    for (const type of ['varchar', 'constructor']) {
      expect(() => declare({ columns: { a: type as 'text' } })).toThrow(
        'postgres: `columns` must give "a" one of the types',
      );
    }
  });

  test('an index needs declared columns that have an order', () => {
    const columns = { a: 'text', meta: 'jsonb' } as const;
    expect(declare({ columns, indexes: [['a']] }).indexes).toEqual([{ name: 'notes_a_idx', columns: ['a'] }]);
    expect(() => declare({ columns, indexes: [['meta']] })).toThrow('is not a declared, ordered column');
    expect(() => declare({ columns, indexes: [['b']] })).toThrow('is not a declared, ordered column');
  });

  test('a name too long for an index is refused rather than cut', () => {
    const attempt = () => declare({ table: 'x'.repeat(60), columns: { a: 'text' }, indexes: [['a']] });
    expect(attempt).toThrow('postgres: `indexes` cannot name "xxx');
  });
});

describe('statements', () => {
  test('another table or other columns give other names, the same table the same', () => {
    const names = (options: Partial<TableOptions>) => tableStatements(declare(options)).upsert.name;
    expect(names({})).toBe(names({}));
    expect(new Set([names({}), names({ table: 'other' }), names({ columns: { a: 'text' } })]).size).toBe(3);
    expect(names({}).length).toBeLessThan(64);
  });

  test('a write is one unnest with an upsert, a read and a delete take one array of ids', () => {
    const { upsert, retrieve, remove } = tableStatements(declare({ columns: { n: 'integer' } }));
    expect(upsert.text).toContain(
      'FROM unnest($1::text[], $2::integer[], $3::jsonb[], $4::double precision[])',
    );
    expect(upsert.text).toContain('ON CONFLICT ("id") DO UPDATE SET "n" = excluded."n"');
    expect(retrieve.text).toContain('"id" = ANY($1::text[])');
    expect(remove.text).toMatch(/^DELETE .* RETURNING "id"/);
  });
});
