import { describe, expect, test } from 'vitest';
import { decodeDocument, encodeDocument, isExpired, listKey } from './codec.js';

const FIELDS = { fields: new Map([['year', { type: 'int32' } as const]]) };

describe('the place in the list', () => {
  test('never changes: pages are found by it', () => {
    expect(listKey('a')).toBe(7_299_139_317_422_481_125n);
  });

  test.each(['a', '', 'x'.repeat(10_000), '👩‍👩‍👧'])('is a positive integer of 64 bits: %#', (id) => {
    expect(listKey(id)).toBeGreaterThanOrEqual(0n);
    expect(listKey(id)).toBeLessThan(2n ** 63n);
  });
});

test('a document is one line, with numbers that no JavaScript number holds', () => {
  const { value, bytes } = encodeDocument(FIELDS, { id: 'a', text: 'x\ny' } as { id: string }, 1_000.5);
  expect(value).toBe('{"id":"a","text":"x\\ny","_key":7299139317422481125,"_expires_at":1001}');
  expect(bytes).toBe(Buffer.byteLength(value) + 1);
});

test('what is null is named, and comes back', () => {
  const { value } = encodeDocument(
    FIELDS,
    { id: 'a', none: null, text: 'null' } as { id: string },
    undefined,
  );
  expect(JSON.parse(value)).toMatchObject({ _nulls: ['none'], _expires_at: Number.MAX_SAFE_INTEGER });
  expect(decodeDocument({ id: 'a', text: 'null', _nulls: ['none'] })).toEqual({
    id: 'a',
    none: null,
    text: 'null',
  });
  expect(decodeDocument({ id: '1%25', _nulls: 'mine' })).toEqual({ id: '1%' });
});

test('is not fooled by a key named __proto__', () => {
  const record = decodeDocument(
    JSON.parse('{"id":"a","__proto__":{"polluted":true},"_nulls":["__proto__"]}'),
  );
  expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('a lifetime ends at its millisecond', () => {
  const document = { id: 'a', _expires_at: 1_000 };
  expect([999, 1_000].map((now) => isExpired(document, now))).toEqual([false, true]);
  expect(isExpired({ id: 'a', _expires_at: 'soon' }, 1_000)).toBe(false);
});
