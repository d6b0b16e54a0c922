import { decodeCursor, encodeCursor } from '@drydock/storage';
import { describe, expect, test } from 'vitest';
import type { Row } from '../codec.js';
import { tableStatements } from '../sql.js';
import { defineTable } from '../table.js';
import type { Order, PostgresQuery } from './query.js';
import { compileSearch } from './search.js';

const table = defineTable({
  schema: 'app',
  table: 'notes',
  columns: { title: 'text', n: 'integer', meta: 'jsonb' },
  indexes: [],
});
const statements = tableStatements(table);
const compile = (query: PostgresQuery) => compileSearch(table, statements, query);

function cursorOf(query: PostgresQuery, position: (string | null)[]): string {
  const row: Row = ['id', 'title', '1', null, null, ...position];
  const { cursor } = compile({ ...query, limit: 1 }).page([row, row]);
  return cursor ?? '';
}

function conditionAfter(orderBy: Order[], position: (string | null)[]): string {
  const { text } = compile({ orderBy, cursor: cursorOf({ orderBy }, position) }).statement;
  return /AND true AND (.*) ORDER BY/.exec(text)?.[1] ?? text;
}

const invalid = expect.objectContaining({
  fault: expect.objectContaining({ kind: 'query', outcome: 'not_sent' }),
});

describe('order', () => {
  test('ends with the id, in the direction of what precedes it', () => {
    const orderOf = (orderBy: Order[]) =>
      / ORDER BY (.*) LIMIT/.exec(compile({ orderBy }).statement.text)?.[1];
    expect(orderOf([])).toBe('"id" ASC');
    expect(orderOf([{ field: 'n' }, { field: 'title', direction: 'desc' }])).toBe(
      '"n" ASC, "title" DESC, "id" DESC',
    );
    expect(orderOf([{ field: 'id', direction: 'desc' }, { field: 'n' }])).toBe('"id" DESC');
  });

  test('takes declared columns that have one', () => {
    for (const order of [{ field: 'meta' }, { field: 'n; DROP' }, { field: 'n', direction: 'up' }]) {
      expect(() => compile({ orderBy: [order as Order] })).toThrow(invalid);
    }
    expect(() => compile({ orderBy: 'n' as unknown as Order[] })).toThrow(invalid);
  });

  test('an expired record is left out before anything else', () => {
    expect(compile({}).statement.text).toContain('("_expires_at" IS NULL OR "_expires_at" > now())');
  });
});

describe('cursor', () => {
  test('goes on after a value, with absent values last when ascending and first when descending', () => {
    expect(conditionAfter([], ['x'])).toBe('("id" > $1::text)');
    expect(conditionAfter([{ field: 'n' }], ['5', 'x'])).toBe(
      '("n" > $2::integer OR "n" IS NULL OR ("n" = $2::integer AND ("id" > $1::text)))',
    );
    expect(conditionAfter([{ field: 'n' }], [null, 'x'])).toBe('(("n" IS NULL AND ("id" > $1::text)))');
    expect(conditionAfter([{ field: 'n', direction: 'desc' }], ['5', 'x'])).toBe(
      '("n" < $2::integer OR ("n" = $2::integer AND ("id" < $1::text)))',
    );
    expect(conditionAfter([{ field: 'n', direction: 'desc' }], [null, 'x'])).toBe(
      '("n" IS NOT NULL OR ("n" IS NULL AND ("id" < $1::text)))',
    );
  });

  test('is there only while there is more', () => {
    const row: Row = ['id', null, null, null, null, 'id'];
    expect(compile({ limit: 2 }).page([row, row])).not.toHaveProperty('cursor');
    expect(compile({ limit: 1 }).page([row, row]).items).toHaveLength(1);
    expect(compile({ limit: 1 }).statement.text).toMatch(/LIMIT 2$/);
  });

  test('fits pages of another size, but no other query', () => {
    const where = { field: 'n', gt: 1 };
    const cursor = cursorOf({ where }, ['x']);
    expect(() => compile({ where, cursor, limit: 7 })).not.toThrow();
    for (const query of [{}, { where: { field: 'n', gt: 2 } }, { where, orderBy: [{ field: 'n' }] }]) {
      expect(() => compile({ ...query, cursor })).toThrow(invalid);
    }
  });

  test('that was not given out is refused, and what it holds never becomes SQL', () => {
    const [fingerprint] = decodeCursor(cursorOf({}, ['x']), ['string', 'string'] as const);
    for (const position of ['x', '{}', '[]', '["a","b"]', '[5]']) {
      expect(() => compile({ cursor: encodeCursor([fingerprint, position]) })).toThrow(invalid);
    }
    for (const cursor of ['', 'nonsense', '☃', encodeCursor([1])])
      expect(() => compile({ cursor })).toThrow(invalid);
    const hostile = encodeCursor([fingerprint, JSON.stringify([`'; DROP TABLE notes; --`])]);
    expect(compile({ cursor: hostile }).statement.text).not.toContain('DROP');
  });
});
