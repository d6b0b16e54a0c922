import { describe, test, expect as vitestExpect } from 'vitest';
import { expect } from './expect.js';
import type { MATCHERS } from './matchers.js';

class Point {
  constructor(readonly x = 1) {}
}

const VALUES: unknown[] = [
  undefined,
  null,
  0,
  -0,
  Number.NaN,
  1,
  'text',
  '',
  [],
  [1],
  [1, undefined],
  [[1], 1],
  {},
  { a: 1 },
  { a: 1, b: undefined },
  { a: { b: [1, { c: 2 }] } },
  { a: { b: [1, { c: 2, d: 3 }], e: 4 } },
  JSON.parse('{"__proto__":1}'),
  JSON.parse('{"constructor":1}'),
  new Point(),
  { x: 1 },
  { x: 2 },
  new Map([['a', 1]]),
  new Map([['a', 2]]),
  new Map(),
  new Set([1]),
  new Set([2]),
  new Date(0),
  new Date(1),
  /a/,
  /b/,
  new Uint8Array([1]),
  new Uint8Array([2]),
  new Error('a'),
  new TypeError('a'),
];

/** Whether a claim holds. */
function holds(claim: () => void): boolean {
  try {
    claim();
    return true;
  } catch {
    return false;
  }
}

describe('claims hold as those of Vitest do', () => {
  test.each(['toBe', 'toEqual', 'toStrictEqual', 'toMatchObject'] as const)('%s', (name) => {
    const compared = VALUES.filter((value) => name !== 'toMatchObject' || isPlain(value));
    for (const actual of VALUES)
      for (const expected of compared) {
        const [own, theirs] = [expect(actual), vitestExpect(actual)].map((claims) =>
          holds(() => (claims as { [Name in typeof name]: (value: unknown) => void })[name](expected)),
        );
        vitestExpect(own, `${name} of ${String(actual)} and ${JSON.stringify(expected)}`).toBe(theirs);
      }
  });

  const CLAIMS: [keyof typeof MATCHERS, unknown, ...unknown[]][] = [
    ['toBeNull', undefined],
    ['toBeNull', null],
    ['toBeUndefined', null],
    ['toBeUndefined', undefined],
    ['toBeTypeOf', 1, 'number'],
    ['toBeTypeOf', 1, 'string'],
    ['toBeGreaterThan', 1, 1],
    ['toBeGreaterThan', 2, 1],
    ['toBeGreaterThanOrEqual', 1, 1],
    ['toBeGreaterThanOrEqual', 0, 1],
    ['toBeLessThan', 1, 1],
    ['toBeLessThan', 0, 1],
    ['toBeLessThan', undefined, 1],
    ['toBeGreaterThan', undefined, -1],
    ['toMatch', 'abc', /b/],
    ['toMatch', 'abc', /d/],
    ['toContain', 'abc', 'b'],
    ['toContain', 'abc', 'd'],
    ['toContain', [1, 2], 2],
    ['toContain', [1, 2], 3],
    ['toHaveLength', [1], 1],
    ['toHaveLength', [1], 2],
    ['toHaveLength', undefined, 0],
    ['toHaveProperty', { a: 1 }, 'a'],
    ['toHaveProperty', { a: 1 }, 'b'],
    ['toHaveProperty', { a: 1 }, 'a', 2],
    ['toHaveProperty', { a: 1 }, 'a', 1],
    ['toHaveProperty', { 'a.b': 1 }, 'a.b', 1],
  ];
  test.each(CLAIMS)('%s of %j', (name, actual, ...args) => {
    for (const negated of [false, true]) {
      const [own, theirs] = [expect(actual), vitestExpect(actual)].map((claims) => {
        const side = (negated ? claims.not : claims) as unknown as Record<
          string,
          (...args: unknown[]) => void
        >;
        return holds(() => side[name]?.(...args));
      });
      vitestExpect(own).toBe(theirs);
    }
  });
});

describe('claims about promises', () => {
  test('hold of what the promise becomes', async () => {
    await expect(Promise.resolve(1)).resolves.toBe(1);
    await expect(Promise.reject(new TypeError('a text'))).rejects.toThrow(TypeError);
    await expect(Promise.reject(new TypeError('a text'))).rejects.toThrow('text');
  });

  test('do not hold where it becomes something else, or ends in the other way', async () => {
    const claims = [
      expect(Promise.resolve(1)).resolves.toBe(2),
      expect(Promise.reject(new Error('a'))).resolves.toBe(1),
      expect(Promise.resolve(1)).rejects.toThrow(Error),
      expect(Promise.reject(new Error('a'))).rejects.toThrow('b'),
    ];
    const ended = await Promise.allSettled(claims);
    vitestExpect(ended.map(({ status }) => status)).toEqual(claims.map(() => 'rejected'));
  });
});

/** Vitest finds an empty object in everything, even in a number; ours does not. */
function isPlain(value: unknown): boolean {
  const ordinary = Object.prototype.toString.call(value) === '[object Object]' || Array.isArray(value);
  return ordinary && Object.keys(value as object).length > 0;
}
