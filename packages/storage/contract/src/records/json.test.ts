import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { FaultError } from '../errors/fault-error.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { decodeJson, encodeJson } from './json.js';

class Secret {
  #value = 'canary';
  toString() {
    return this.#value;
  }
}

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

test.each<[unknown, string]>([
  [new Date(0), 'record.a.b[1] is an instance of Date; store its toISOString() or getTime()'],
  [new Date(Number.NaN), 'is an instance of Date'],
  [new Map([['canary', 1]]), 'is an instance of Map; store Object.fromEntries(it)'],
  [new Set(['canary']), 'is an instance of Set; store [...it]'],
  [/canary/, 'is an instance of RegExp'],
  [new TypeError('canary'), 'is an instance of TypeError; copy what it holds'],
  [new Uint8Array(1), 'is an instance of Uint8Array; store Array.from(it)'],
  [Buffer.from('canary'), 'is an instance of Buffer; store Array.from(it)'],
  [new Secret(), 'is an instance of Secret; copy what it holds'],
  [new URL('http://canary'), 'is an instance of URL; store its href'],
  [new String('canary'), 'is an instance of String'],
  [1n, 'record.a.b[1] is a bigint; store it as text'],
  [undefined, 'record.a.b[1] is undefined; store null'],
  [Number.POSITIVE_INFINITY, 'is NaN or an infinity'],
  [() => 'canary', 'is a function; leave it out'],
  [Symbol('canary'), 'is a symbol; leave it out'],
  [cycle, 'record.a.b[1].self is a cycle; store an id instead'],
])('what would not come back as it is is refused with its path and a remedy: %o', (value, detail) => {
  const { fault } = faultOf(() => encodeJson({ a: { b: ['x', value] } }));
  expect(fault).toMatchObject({ kind: 'data', code: 'NOT_JSON', outcome: 'not_sent' });
  expect(fault.detail).toContain(detail);
  expect(fault.detail).not.toContain('canary');
});

test.each([[Object.create(null)], [{ a: runInNewContext('({ b: [1] })') }], [{ a: undefined }]])(
  'a plain object is taken, wherever it comes from: %j',
  (value) => expect(encodeJson(value)).toBe(JSON.stringify(value)),
);

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
