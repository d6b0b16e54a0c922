import { describe, expect, test } from 'vitest';
import { decodePoint, encodePoint, isExpired } from './codec.js';
import { pointId } from './point-id.js';

const VECTOR = { size: 2, distance: 'Dot' } as const;
const decode = (payload: Record<string, unknown> | null, id: unknown = 'point') =>
  decodePoint(VECTOR, { id, payload });

describe('the id of a point', () => {
  test('never changes: records are found by it', () => {
    expect(pointId('a')).toBe('4ce5b50a-e5fd-5fce-8e49-aa936aa2fd93');
  });

  test.each(['a', '', '__proto__', 'x'.repeat(10_000), 'a\u0000b', '👩‍👩‍👧'])(
    'is a UUID of version 5: %s',
    (id) => {
      expect(pointId(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    },
  );

  test('is not the id itself, even where that is a UUID', () => {
    expect(pointId(pointId('a'))).not.toBe(pointId('a'));
  });
});

describe('reading', () => {
  test('points of somebody else’s have their own id', () => {
    expect(decode({ kind: 'a' }, 7)).toEqual({ id: '7', kind: 'a' });
    expect(decode(null, 'uuid')).toEqual({ id: 'uuid' });
    expect(decode({ id: 7 }, 'uuid')).toEqual({ id: 'uuid' });
  });

  test('narrows integers that are numbers, and keeps those that no number holds', () => {
    const asWritten = BigInt(JSON.stringify(2 ** 60));
    const payload = { id: 'a', list: [2n ** 60n, asWritten, { deep: -(2n ** 53n) }], exact: 2n ** 60n + 1n };
    expect(decode(payload)).toEqual({
      id: 'a',
      list: [2 ** 60, 2 ** 60, { deep: -(2 ** 53) }],
      exact: 2n ** 60n + 1n,
    });
  });

  test('is not fooled by a key named __proto__', () => {
    const record = decode(JSON.parse('{"id":"a","__proto__":{"polluted":true}}'));
    expect(Object.hasOwn(record, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

test('the size counted is never below the size sent', () => {
  const records = [
    { id: 'a', vector: [-1.234567890123456e-300, 3.4028234663852886e38] },
    { id: 'ž'.repeat(100), text: '"\\\u0001'.repeat(1_000) },
  ];
  for (const record of records) {
    const { value, bytes } = encodePoint(VECTOR, record, Number.MAX_SAFE_INTEGER);
    expect(bytes).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(value)));
  }
});

test('a lifetime ends at its millisecond', () => {
  const point = { id: 'a', payload: { _expires_at: 1_000 } };
  expect([999, 1_000].map((now) => isExpired(point, now))).toEqual([false, true]);
  expect(isExpired({ id: 'a', payload: { _expires_at: 'soon' } }, 1_000)).toBe(false);
});
