import { describe, expect, test } from 'vitest';
import { FaultError } from '../errors/fault-error.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { decodeJson, encodeJson } from './json.js';

const cycle: { self?: object } = {};
cycle.self = cycle;

function faultOf(action: () => unknown): FaultError {
  try {
    action();
  } catch (error) {
    if (error instanceof FaultError) return error;
  }
  return expect.fail('it should have thrown a FaultError');
}

describe('encodeJson', () => {
  test('encodeJson keeps nulls and drops what is undefined', () => {
    expect(encodeJson({ a: null, b: undefined, c: [null], d: 'null' })).toBe(
      '{"a":null,"c":[null],"d":"null"}',
    );
  });

  test.each([
    ['a bigint', { a: 1n }],
    ['a cycle', cycle],
    ['NaN', { a: { b: [Number.NaN] } }],
    ['an infinity', { a: Number.NEGATIVE_INFINITY }],
    ['a failing toJSON', { toJSON: () => expect.fail('canary') }],
    ['a toJSON that returns nothing', { toJSON: () => undefined }],
  ])('encodeJson refuses %s, without showing it', (_, value) => {
    const { fault } = faultOf(() => encodeJson(value));
    expect(fault).toMatchObject({ kind: 'data', code: 'NOT_JSON', outcome: 'not_sent', retriable: false });
    expect(fault.detail).not.toContain('canary');
  });
});

describe('decodeJson', () => {
  test('decodeJson gives the object', () => expect(decodeJson('{"a":[1]}')).toEqual({ a: [1] }));

  test.each(['', 'canary', '1', 'null', '"canary"', '[]', '{"a":'])('decodeJson refuses %j', (text) => {
    const { fault } = faultOf(() => decodeJson(text));
    expect(fault).toMatchObject({ kind: 'data', code: 'CORRUPT_RECORD' });
    expect(fault.detail).not.toContain('canary');
  });
});

describe('a cursor', () => {
  test('a cursor comes back as it was and is safe in a URL', () => {
    const position = ['ключ/+?&=', 1.5, ''] as const;
    const cursor = encodeCursor(position);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(cursor, ['string', 'number', 'string'] as const)).toEqual(position);
  });

  test.each([
    ['another shape', encodeCursor(['a'])],
    ['other types', encodeCursor([1, 'a'])],
    ['no list', Buffer.from('{"0":"a","1":1}').toString('base64url')],
    ['no JSON', 'nonsense'],
    ['nothing', ''],
  ])('a cursor of %s is refused', (_, cursor) => {
    const { fault } = faultOf(() => decodeCursor(cursor, ['string', 'number'] as const));
    expect(fault).toMatchObject({ kind: 'query', code: 'INVALID_CURSOR', outcome: 'not_sent' });
  });
});
