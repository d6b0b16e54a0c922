import { PING, SHOW_SCHEMA } from '../cypher.js';
import type { Schema } from '../schema.js';
import { after, type Step, stepsOf } from './steps.fixture.js';

/** Steps that are played one after the other. */
export type Conversation = readonly [name: string, steps: readonly Step[]];

/** A statement that runs longer than any test waits. */
export const SLOW = 'UNWIND range(1, 10000000000) AS x RETURN count(x) AS n';

/**
 * Ids whose order by UTF-16 unit, by code point and by language differs.
 *
 * How the server compares depends on its plan, that is on whether it finds a record by an index. Therefore no step asks
 * for a page of entities or relationships that begins after an id from U+E000 on and has ids beyond U+FFFF.
 */
const IDS = ['a', 'B', 'b', 'é', 'z', '\uffee', '😀', "it's `x` \\", 'a\u0000b'];

/**
 * What the adapter sends over a schema with two labels and two types, and the errors it relies on.
 *
 * Counters and notifications are not compared: the adapter does not read the former and switches off the latter.
 */
export function conversations(schema: Schema): readonly Conversation[] {
  const [person = '', company = ''] = schema.labels;
  const [knows = '', likes = ''] = schema.types;
  const names = schema.items.map(({ name }) => name);
  const created = schema.items.map(({ create }) => ({ text: create }));
  const { nodes, edges, raw, read, remove, list, where, path } = stepsOf(schema);
  const node = (id: string, properties = {}, label = person) => ({ id, label, properties });
  const edge = (id: string, from: string, to: string, type = knows, properties = {}) => ({
    id,
    type,
    from,
    to,
    properties,
  });

  return [
    [
      'the schema',
      [
        { text: SHOW_SCHEMA, parameters: { names } },
        ...created,
        ...created,
        { text: SHOW_SCHEMA, parameters: { names }, anyOrder: true },
      ],
    ],
    [
      'entities',
      [
        nodes([node('a', { n: 1, text: 'x' }), node('b', {}, company), node('a', { n: 2 })]),
        read('a', 'b', 'nobody', 'a'),
        nodes([node('a', {}, company)]),
        read('a'),
        remove('a', 'nobody', 'a'),
        remove('a'),
      ],
    ],
    [
      'values and their types',
      [
        nodes([
          node('v', {
            int: 5,
            large: 2n ** 62n,
            least: -(2n ** 63n),
            float: 1.5,
            zero: -0,
            whole: 2 ** 60,
            yes: true,
            text: 'ž😀\u0000',
            list: ['x'],
            none: [],
            ints: [1, 2],
            floats: [0.5],
            other: { a: null },
          }),
        ]),
        read('v'),
      ],
    ],
    [
      'values that no property can hold',
      [
        raw({ a: 1 }),
        raw([[1], [2]]),
        raw([1, 'x']),
        raw([1, null]),
        raw([1n, 0.5]),
        raw(null),
        raw([{ a: 1 }]),
        read('raw'),
      ],
    ],
    [
      'relationships',
      [
        nodes(['p', 'q', 'r'].map((id) => node(id))),
        edges([edge('pq', 'p', 'q', knows, { since: 1 }), edge('none', 'p', 'nobody'), edge('q', 'p', 'r')]),
        read('pq', 'none', 'q'),
        edges([edge('pq', 'q', 'r', likes)]),
        read('pq'),
        nodes([node('pq'), node('s')]),
        remove('p', 'pq'),
        edges([edge('qr', 'q', 'r'), edge('qq', 'q', 'q')]),
        read('qr', 'qq'),
        remove('q'),
        read('qr', 'qq'),
      ],
    ],
    [
      'what has expired',
      [
        nodes([node('t'), node('u')]),
        nodes([node('t')], -1_000),
        read('t', 'u'),
        edges([edge('tu', 't', 'u'), edge('uu', 'u', 'u')]),
        edges([edge('uu', 'u', 'u')], -1_000),
        read('uu'),
        remove('t', 'uu'),
        nodes([node('u')], 60_000),
        read('u'),
        remove('u'),
      ],
    ],
    [
      'listings',
      [
        nodes(
          IDS.map((id, n) =>
            node(id, { n, name: `name ${id}`, even: n % 2 === 0, ...(n > 5 && { half: n / 2 }) }),
          ),
        ),
        edges([edge('ab', 'a', 'b', knows, { w: 1 }), edge('aB', 'a', 'B', likes, { w: 2 })]),
        edges(['\uffee', '😀'].map((id) => edge(`${id}e`, 'b', id))),
        list({ find: 'entities' }),
        after(list({ find: 'entities' }), 'z'),
        after(list({ find: 'relationships' }), 'aB'),
        list({ find: 'entities', label: company }),
        list({ find: 'entities', limit: 2 }),
        where({ property: 'n', gt: 1, lte: 3.5 }),
        where({ property: 'n', eq: 2.0 }, { property: 'even', eq: true }),
        where({ property: 'n', in: [1, '2', 3] }),
        where({ property: 'n', in: [] }),
        where({ property: 'n', gt: 'text' }),
        where({ property: 'half', eq: null }),
        where({ property: 'half', gte: 3 }),
        where({ property: 'name', gt: 'name b' }),
        where({ property: 'name', gt: 'name é' }),
        where({ property: 'name', startsWith: 'name', contains: '😀' }),
        where({ property: 'n', contains: '1' }),
        where({ property: 'even', gt: false }),
        list({ find: 'relationships', from: 'a' }),
        list({ find: 'relationships', from: 'b' }),
        list({ find: 'relationships' }),
        list({ find: 'relationships', to: 'B', type: likes, where: [{ property: 'w', lt: 3 }] }),
      ],
    ],
    [
      'ways',
      [
        edges([
          edge('bz', 'b', 'z'),
          edge('zz', 'z', 'z'),
          edge('az', 'a', 'é'),
          edge('éz', 'é', 'z', likes),
        ]),
        list({ find: 'neighbours', of: 'b' }),
        after(list({ find: 'neighbours', of: 'b' }), '\uffee', 1n),
        list({ find: 'neighbours', of: 'a', depth: 1 }),
        list({ find: 'neighbours', of: 'a', depth: 3, direction: 'out' }),
        list({ find: 'neighbours', of: 'z', depth: 3, direction: 'in', types: [knows] }),
        list({ find: 'neighbours', of: 'nobody' }),
        path({ from: 'B', to: 'b' }),
        path({ from: 'a', to: 'z', types: [knows] }),
        path({ from: 'z', to: 'a', direction: 'out' }),
        path({ from: 'a', to: 'nobody' }),
      ],
    ],
    [
      'errors',
      [
        { text: 'MATCH (n RETURN n' },
        { text: PING },
        {
          text: SLOW,
          timeout: 50,
          planted: 'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration',
        },
        { text: PING },
      ],
    ],
  ];
}
