import { describe, expect, test } from 'vitest';
import { defineTable } from '../table.js';
import { compileFilter } from './filter.js';
import { Parameters } from './parameters.js';
import type { Condition, FieldCondition } from './query.js';

const table = defineTable({
  schema: 'app',
  table: 'notes',
  columns: { title: 'text', n: 'integer', at: 'timestamptz', meta: 'jsonb' },
  indexes: [],
});

function compile(where: Condition | readonly Condition[]) {
  const parameters = new Parameters();
  return { sql: compileFilter(where, table, parameters), values: parameters.values };
}

const invalid = expect.objectContaining({
  fault: expect.objectContaining({ kind: 'query', outcome: 'not_sent', code: 'INVALID_QUERY' }),
});

/** What another version wrote there and the column cannot hold is present too. */
const absent = (name: string) =>
  `("${name}" IS NULL AND NULLIF("_extra" -> '${name}', 'null'::jsonb) IS NULL)`;

describe('columns', () => {
  test.each<[FieldCondition, string, unknown[]]>([
    [{ field: 'title', eq: 'x' }, '"title" = $1::text', ['x']],
    [{ field: 'title', eq: null }, absent('title'), []],
    [{ field: 'title', ne: 'x' }, '"title" IS DISTINCT FROM $1::text', ['x']],
    [
      { field: 'title', ne: null },
      `("title" IS NOT NULL OR NULLIF("_extra" -> 'title', 'null'::jsonb) IS NOT NULL)`,
      [],
    ],
    [{ field: 'n', in: [1, 2] }, '"n" = ANY($1::integer[])', [['1', '2']]],
    [{ field: 'n', in: [] }, '"n" = ANY($1::integer[])', [[]]],
    [{ field: 'n', gte: 1, lt: 5 }, '("n" >= $1::integer AND "n" < $2::integer)', ['1', '5']],
    [{ field: 'at', gt: new Date(0) }, '"at" > $1::timestamptz', ['1970-01-01T00:00:00.000Z']],
    [{ field: 'id', lte: 'b' }, '"id" <= $1::text', ['b']],
    [{ field: 'n', exists: false }, absent('n'), []],
  ])('%j', (condition, sql, values) => {
    expect(compile(condition)).toEqual({ sql, values });
  });
});

describe('JSON', () => {
  test.each<[FieldCondition, string, unknown[]]>([
    [{ field: 'meta', path: ['a', 0], eq: 5 }, '("meta" #> $1::text[]) = $2::jsonb', [['a', '0'], '5']],
    [{ field: 'tag', eq: 'x' }, '("_extra" #> $1::text[]) = $2::jsonb', [['tag'], '"x"']],
    [
      { field: 'tag', path: ['b'], in: ['x', 1] },
      '("_extra" #> $1::text[]) = ANY($2::jsonb[])',
      [
        ['tag', 'b'],
        ['"x"', '1'],
      ],
    ],
    [{ field: 'meta', contains: { a: 1 } }, '("meta") @> $1::jsonb', ['{"a":1}']],
    [{ field: 'meta', eq: null }, `(("meta") <> 'null'::jsonb) IS NOT TRUE`, []],
    [{ field: 'meta', exists: true }, `NULLIF("meta", 'null'::jsonb) IS NOT NULL`, []],
    [
      { field: 'meta', path: ['n'], gt: 1 },
      `(jsonb_typeof("meta" #> $1::text[]) = 'number' AND ("meta" #> $1::text[]) > $2::jsonb)`,
      [['n'], '1'],
    ],
    [
      { field: 'tag', lt: 'm' },
      `(jsonb_typeof("_extra" #> $1::text[]) = 'string' AND (("_extra" #> $1::text[]) #>> '{}') COLLATE "C" < $2::text)`,
      [['tag'], 'm'],
    ],
  ])('%j', (condition, sql, values) => {
    expect(compile(condition)).toEqual({ sql, values });
  });
});

describe('combinations', () => {
  const a = { field: 'n', eq: 1 };
  const b = { field: 'n', eq: 2 };

  test('nest, and a negation takes absent values in', () => {
    expect(compile([a, { any: [b, { not: a }] }]).sql).toBe(
      '("n" = $1::integer AND ("n" = $2::integer OR NOT COALESCE("n" = $3::integer, false)))',
    );
    expect([compile([]).sql, compile({ any: [] }).sql]).toEqual(['true', 'false']);
  });

  test('nest only so deep', () => {
    let deep: Condition = a;
    for (let level = 0; level < 40; level += 1) deep = { not: deep };
    expect(() => compile(deep)).toThrow(invalid);
  });
});

describe('injection', () => {
  const hostile = `x' OR '1'='1"; DROP TABLE notes; --\\`;

  test.each<FieldCondition>([
    { field: 'title', eq: hostile },
    { field: 'title', in: [hostile] },
    { field: 'id', gt: hostile },
    { field: hostile, eq: 1 },
    { field: 'meta', path: [hostile], eq: hostile },
    { field: 'meta', contains: { [hostile]: hostile } },
    { field: 'meta', path: [hostile], gt: hostile },
  ])('a hostile value reaches the parameters only: %j', (condition) => {
    const { sql, values } = compile(condition);
    expect(sql).not.toMatch(/DROP|OR '1'/);
    expect(JSON.stringify(values)).toContain('DROP');
  });
});

describe('what cannot be meant is refused', () => {
  test.each<[string, unknown]>([
    ['an unknown operator', { field: 'n', like: 1 }],
    ['no operator', { field: 'n' }],
    ['an operator whose value got lost', { field: 'n', eq: 1, gt: undefined }],
    ['one of several lists of conditions', { all: [], any: [] }],
    ['a field beside a list of conditions', { all: [], field: 'n', eq: 1 }],
    ['a misspelt part beside a negation', { not: { field: 'n', eq: 1 }, nott: 1 }],
    ['a path that is not a list', { field: 'meta', path: 'a', eq: 1 }],
    ['a value of another type', { field: 'n', eq: '1' }],
    ['a set that is not a list', { field: 'n', in: 'ab' }],
    ['a null in a set', { field: 'n', in: [null] }],
    ['a path into a plain column', { field: 'n', path: ['a'], eq: 1 }],
    ['contains on a plain column', { field: 'n', contains: 1 }],
    ['a range over JSON objects', { field: 'meta', gt: {} }],
    ['exists that is not a boolean', { field: 'n', exists: 'no' }],
    ['a NUL in a path', { field: 'meta', path: ['a\0'], eq: 1 }],
    ['a condition without a field', { eq: 1 }],
    ['no condition', [null]],
    ['all without a list', { all: {} }],
  ])('%s', (_name, where) => {
    expect(() => compile(where as Condition)).toThrow(invalid);
  });

  test('more parameters than the protocol counts', () => {
    const where = Array.from({ length: 65_536 }, () => ({ field: 'n', eq: 1 }));
    expect(() => compile(where)).toThrow(invalid);
  });
});
