import { expect, test } from 'vitest';
import { shapeFlaw } from './shape.js';

const SHAPE = { limit: 'number', where: 'list|object', eq: 'any|null!', flag: 'boolean' };

test.each([
  [{}],
  [{ limit: 1, where: [], flag: undefined }],
  [{ where: {} }],
  [{ eq: null }],
  [Object.create({ limit: 2 })],
])('%j is understood', (value) => expect(shapeFlaw(value, SHAPE)).toBeUndefined());

test.each([
  [{ limits: 1 }, '`limits` is not known; did you mean `limit`?'],
  [{ zzzzzz: 1 }, '`zzzzzz` is not known; known: limit, where, eq, flag'],
  [{ limit: 'canary' }, '`limit` must be a number'],
  [{ limit: [1] }, '`limit` must be a number'],
  [{ where: 'canary' }, '`where` must be a list or an object'],
  [{ flag: null }, '`flag` must be left out instead of null'],
  [{ eq: undefined }, '`eq` is undefined; give it a value, or leave it out'],
  [Object.create({ canary: 2 }), '`canary` is not known; known: limit, where, eq, flag'],
])('%j is not', (value, flaw) => expect(shapeFlaw(value, SHAPE)).toBe(flaw));

test('a path stands before each name', () => {
  expect(shapeFlaw({ limits: 1 }, SHAPE, 'batch.')).toBe(
    '`batch.limits` is not known; did you mean `batch.limit`?',
  );
});
