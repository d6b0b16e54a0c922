import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../records/cursor.js';
import {
  fingerprintOf,
  foreignAnswer,
  foreignCursor,
  holdsLoneSurrogate,
  invalid,
  invalidQuery,
  notMigrated,
  openCursor,
  refused,
  storeByHalves,
} from './index.js';

test.each([
  ['of a record', invalid('data', 'INVALID_ID', 'x'), 'data', 'not_sent', 'INVALID_ID'],
  ['of a query', invalidQuery('x'), 'query', 'not_sent', 'INVALID_QUERY'],
  ['of a cursor', foreignCursor(), 'query', 'not_sent', 'INVALID_CURSOR'],
  ['of what the server has', refused('data', 'CORRUPT_RECORD', 'x'), 'data', 'rejected', 'CORRUPT_RECORD'],
  ['of a missing table', notMigrated('the table'), 'not_found', 'rejected', 'NOT_MIGRATED'],
  ['of another service', foreignAnswer('Qdrant'), 'connection', 'unknown', 'NOT_QDRANT'],
] as const)('a refusal %s has its kind, outcome and code', (_, { fault }, kind, outcome, code) => {
  expect(fault).toMatchObject({ kind, outcome, code, retriable: false, detail: expect.any(String) });
});

test('a fingerprint tells queries apart, those with bigints and gaps too', () => {
  const prints = [
    fingerprintOf('a', 1n),
    fingerprintOf('a', 1),
    fingerprintOf('a', undefined),
    fingerprintOf('a'),
  ];
  expect(new Set(prints).size).toBe(4);
  expect(fingerprintOf('a', 1n)).toBe(prints[0]);
});

test('a cursor opens for its own query alone', () => {
  const cursor = encodeCursor(['print', 'k', 2]);
  expect(openCursor(cursor, 'print', ['string', 'number'])).toEqual(['k', 2]);
  expect(() => openCursor(cursor, 'other', ['string', 'number'])).toThrow(
    'the cursor belongs to another query',
  );
  expect(() => openCursor(cursor, 'print', ['string'])).toThrow('is not one that this adapter gave out');
  expect(decodeCursor(cursor, ['string', 'string', 'number'] as const)[0]).toBe('print');
});

test.each([
  ['a\ud800', true],
  ['\udc00b', true],
  ['👩', false],
  ['\\ud800', false],
  ['no escape', false],
])('holdsLoneSurrogate is asked about %j', (text, lone) => {
  expect(holdsLoneSurrogate(JSON.stringify({ text }))).toBe(lone);
});

test('storeByHalves finds the bad record, stores the others and rejects what concerns none of them', async () => {
  const stored: string[] = [];
  const bad = new Error('bad');
  const store = async (records: readonly { id: string }[]) => {
    if (records.some(({ id }) => id === 'down')) throw new Error('down');
    if (records.some(({ id }) => id === 'bad')) throw bad;
    stored.push(...records.map(({ id }) => id));
    return new Map();
  };
  const { fault } = refused('data', 'BAD', 'x');
  const faultOf = (error: unknown) => (error === bad ? fault : undefined);
  const ids = (...list: string[]) => list.map((id) => ({ id }));
  expect(await storeByHalves(ids('a', 'b', 'bad', 'c', 'd'), store, faultOf)).toEqual(
    new Map([['bad', fault]]),
  );
  expect(stored).toEqual(['a', 'b', 'c', 'd']);
  await expect(storeByHalves(ids('a', 'down'), store, faultOf)).rejects.toThrow('down');
});
