import { describe, expect, test } from 'vitest';
import { COLUMN_TYPES, type ColumnType } from './columns.js';

const encode = (type: ColumnType, value: unknown) => COLUMN_TYPES[type].encode(value);

describe('what a type holds', () => {
  test.each<[ColumnType, unknown, string]>([
    ['text', '', ''],
    ['text', 'NULL {"\\}', 'NULL {"\\}'],
    ['integer', -(2 ** 31), '-2147483648'],
    ['bigint', 2 ** 53 - 1, '9007199254740991'],
    ['bigint', -(2n ** 63n), '-9223372036854775808'],
    ['double', 5e-324, '5e-324'],
    ['numeric', '-12.50', '-12.50'],
    ['boolean', false, 'false'],
    ['timestamptz', new Date('2024-02-29T12:00:00.123Z'), '2024-02-29T12:00:00.123Z'],
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', '123e4567-e89b-12d3-a456-426614174000'],
    ['jsonb', { a: [null, 'x'] }, '{"a":[null,"x"]}'],
    ['jsonb', '\\u0000 as text', '"\\\\u0000 as text"'],
  ])('%s holds %o', (type, value, text) => {
    expect(encode(type, value)).toBe(text);
  });

  test.each<[ColumnType, unknown]>([
    ['text', 'a\0b'],
    ['text', '\ud800'],
    ['text', 5],
    ['integer', 2 ** 31],
    ['integer', 1.5],
    ['integer', '1'],
    ['integer', 1n],
    ['bigint', 2 ** 53],
    ['bigint', 2n ** 63n],
    ['double', Number.NaN],
    ['double', Number.POSITIVE_INFINITY],
    ['numeric', '1e5'],
    ['numeric', 'NaN'],
    ['numeric', 1],
    ['boolean', 'true'],
    ['timestamptz', new Date(Number.NaN)],
    ['timestamptz', new Date('+010000-01-01T00:00:00Z')],
    ['timestamptz', '2024-01-01'],
    ['uuid', 'not-a-uuid'],
    ['jsonb', 'a\0b'],
    ['jsonb', { 'key\0': 1 }],
    ['jsonb', '\\\0'],
    ['jsonb', ['\udfff']],
    ['jsonb', undefined],
    ['jsonb', () => 1],
  ])('%s does not hold %o', (type, value) => {
    expect(encode(type, value)).toBeUndefined();
  });

  test('JSON cannot hold NaN, a bigint or a cycle', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    for (const value of [{ a: Number.NaN }, { a: 1n }, cycle]) {
      expect(() => encode('jsonb', value)).toThrow(expect.objectContaining({ name: 'FaultError' }));
    }
  });
});

describe('what comes back', () => {
  test('a bigint is a number only where that is exact', () => {
    const { decode } = COLUMN_TYPES.bigint;
    expect(decode('9007199254740991')).toBe(9007199254740991);
    expect(decode('9007199254740992')).toBe(9007199254740992n);
    expect(decode('-9223372036854775808')).toBe(-(2n ** 63n));
  });

  test('a time is read from its epoch, whatever the DateStyle', () => {
    const { decode, read } = COLUMN_TYPES.timestamptz;
    expect(read('"at"')).toContain('extract(epoch FROM "at")');
    expect(decode('1709208000123.999000')).toEqual(new Date(1709208000123));
  });

  test('a boolean is read from its letter', () => {
    expect([COLUMN_TYPES.boolean.decode('t'), COLUMN_TYPES.boolean.decode('f')]).toEqual([true, false]);
  });
});
