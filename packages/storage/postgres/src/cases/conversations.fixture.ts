import { catalogueQuery } from '../catalogue.js';
import { missing } from '../migration.js';
import type { Condition } from '../search/query.js';
import type { Table } from '../table.js';
import { type Step, stepsOf } from './steps.fixture.js';

/** Steps that are played one after the other, on one connection. */
export type Conversation = readonly [name: string, steps: readonly Step[]];

/** A statement that runs longer than any test waits. */
export const SLOW = 'SELECT pg_sleep(60)';

/** Ids whose order by UTF-16 unit, by code point and by language differs. */
const IDS = ['a', 'B', 'b', 'é', 'z', '\uffee', '😀', `it's "x" \\`, '{a,b}'];
const NOTHING = { schema: false, columns: new Map(), indexes: new Set<string>() };

/** What the adapter sends over a table with a column of each type, and the errors it relies on. */
export function conversations(table: Table): readonly Conversation[] {
  const { store, raw, read, remove, search } = stepsOf(table);
  const where = (...conditions: readonly Condition[]) => search({ where: conditions });
  const sql = (text: string, more: Partial<Step> = {}): Step => ({ text, ...more });
  const look = { ...catalogueQuery(table), anyOrder: true } as const;
  const create = sql([...missing(table, NOTHING), 'COMMIT'].join('; '));
  const { quoted } = table;

  return [
    [
      'before there is a table',
      [
        look,
        read('a'),
        sql("SELECT current_setting('statement_timeout')"),
        sql(`INSERT INTO ${quoted} VALUES (1)`),
      ],
    ],
    [
      'the migration',
      [
        sql('BEGIN; SELECT pg_advisory_xact_lock(42)'),
        look,
        create,
        look,
        sql('BEGIN'),
        create,
        sql('COMMIT'),
        look,
      ],
    ],
    [
      'records',
      [
        store([
          { id: 'a', n: 1, title: 'x', extra: [1] },
          { id: 'b', title: null },
        ]),
        read('b', 'a', 'nobody', 'a'),
        store([{ id: 'a', n: 2 }]),
        read('a'),
        store([{ id: 'a' }, { id: 'a' }]),
        remove('a', 'nobody', 'a'),
        remove('a'),
      ],
    ],
    [
      'values and their types',
      [
        store([
          {
            id: 'v',
            title: `NULL {"a","b"} \\ ' é😀`,
            n: -(2 ** 31),
            big: 2n ** 62n,
            ratio: 5e-324,
            price: '12345678901234567890.1200',
            done: false,
            at: new Date('1969-12-31T23:59:59.999Z'),
            key: '123E4567-e89b-12d3-a456-426614174000',
            meta: { b: 1, a: [1.0, null, 'x', { 'b"\\': '{}' }], n: 1e300 },
            other: { z: 1, y: '\u001f' },
          },
          {
            id: 'w',
            title: '',
            ratio: 1.7976931348623157e308,
            at: new Date('0001-01-01T00:00:00.000Z'),
            meta: 'x',
          },
        ]),
        read('v', 'w'),
        sql(`SELECT * FROM ${quoted} WHERE id = 'v'`),
      ],
    ],
    [
      'values that no column can hold',
      [
        raw('n', 'x'),
        raw('n', '2147483648'),
        raw('big', '9223372036854775808'),
        raw('ratio', '1e999'),
        raw('price', 'a'),
        raw('done', 'perhaps'),
        raw('at', '2024-13-01'),
        raw('key', 'no'),
        raw('meta', '{'),
        raw('meta', '"\\u0000"'),
        raw('_extra', '"\\ud800"'),
        raw('_ttl', 'x'),
        raw('title', 'a\u0000b'),
        read('raw'),
      ],
    ],
    [
      'what has expired',
      [
        store([{ id: 't' }], -1_000),
        read('t'),
        remove('t'),
        store([{ id: 't' }], 60_000),
        read('t'),
        remove('t', 'v', 'w', 'b'),
      ],
    ],
    [
      'searches',
      [
        store(
          IDS.map((id, n) => ({
            id,
            n,
            title: `title ${id}`,
            done: n % 2 === 0,
            at: new Date(n * 1_000),
            meta: n % 2 ? { size: n } : { size: `${n}`, tags: ['p', id] },
            ...(n > 4 && { ratio: n / 2, tag: id }),
          })),
        ),
        search({}),
        search({ limit: 2, orderBy: [{ field: 'ratio', direction: 'desc' }, { field: 'title' }] }),
        search({ orderBy: [{ field: 'title', direction: 'desc' }] }),
        search({ orderBy: [{ field: 'at' }, { field: 'price' }] }),
        where({ field: 'n', gt: 1, lte: 3 }, { field: 'done', eq: true }),
        where({ field: 'n', in: [1, 3, 99] }),
        where({ field: 'ratio', eq: null }),
        where({ field: 'title', gt: 'title \uffee' }),
        where({ not: { field: 'ratio', gt: 3 } }),
        where({
          any: [
            { field: 'tag', eq: '😀' },
            { field: 'tag', gt: 'z' },
          ],
        }),
        where({ field: 'meta', path: ['size'], gt: 3 }),
        where({ field: 'meta', path: ['size'], gt: '3' }),
        where({ field: 'meta', contains: { tags: ['p'] } }),
        where({ field: 'meta', path: ['tags', 1], eq: 'a' }),
        where({ field: 'key', exists: false }, { field: 'at', lt: new Date(2_000) }),
      ],
    ],
    [
      'errors',
      [
        sql('SELEC 1'),
        sql('SELECT nope'),
        sql('SELECT 1/0'),
        sql(`INSERT INTO ${quoted} ("id") VALUES ('a')`),
        sql(`INSERT INTO ${quoted} ("id") VALUES (NULL)`),
        sql(`INSERT INTO ${quoted} ("id") VALUES (repeat(md5('a'), 9000) || random())`),
        sql(`SELECT 1 FROM "${table.schema}"."nowhere"`),
        sql('SELECT 1 FROM "drift_nowhere"."items"'),
        sql('CREATE TABLE "drift_nowhere"."items" (id text)'),
        { text: 'SELECT $1::int', values: ['x'] },
        { text: 'EXECUTE drift_nothing' },
        sql('BEGIN'),
        sql('SELECT nope'),
        sql('SELECT 1'),
        sql('ROLLBACK'),
        sql('BEGIN READ ONLY'),
        sql(`DELETE FROM ${quoted}`),
        sql('ROLLBACK'),
        sql('SET statement_timeout = 50'),
        sql(SLOW, { planted: '57014' }),
        sql('SET statement_timeout = 0'),
      ],
    ],
  ];
}
