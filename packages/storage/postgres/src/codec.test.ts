import { describe, expect, test } from 'vitest';
import { checkId, decodeRow, encodeRow, MAX_ID_BYTES } from './codec.js';
import { defineTable } from './table.js';

const table = defineTable({
  schema: 'app',
  table: 'notes',
  columns: { title: 'text', n: 'integer' },
  indexes: [],
});

function roundTrip(record: { id: string } & Record<string, unknown>) {
  const { value } = encodeRow(table, record, undefined);
  return decodeRow(table, [record.id, ...value.columns, value.extra]);
}

describe('a record', () => {
  test('comes back as it went: columns, other properties, null and absent', () => {
    for (const record of [
      { id: 'a' },
      { id: 'a', title: 'x', n: 1 },
      { id: 'a', title: null, other: null },
      { id: 'a', n: 0, deep: { list: [1, { b: null }] }, _extra: 1, _expires_at: 'x' },
    ]) {
      expect(roundTrip(record)).toEqual(record);
    }
    expect(roundTrip({ id: 'a', title: undefined })).toEqual({ id: 'a' });
  });

  test('keeps a property called __proto__ a property', () => {
    const record = JSON.parse('{"id":"a","__proto__":{"admin":true}}');
    const back = roundTrip(record);
    expect(Object.keys(back)).toContain('__proto__');
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });

  test('is not changed by being encoded', () => {
    const record = Object.freeze({ id: 'a', title: 'x', other: Object.freeze([1]) });
    expect(() => encodeRow(table, record, 5)).not.toThrow();
  });

  test('that does not fit is refused by the name of its column, without its value', () => {
    const fault = expect.objectContaining({
      fault: expect.objectContaining({
        kind: 'data',
        outcome: 'not_sent',
        detail: expect.stringContaining('"n"'),
      }),
    });
    expect(() => encodeRow(table, { id: 'a', n: 'canary' } as { id: string }, undefined)).toThrow(fault);
    expect(() => encodeRow(table, { id: 'a', n: 'canary' } as { id: string }, undefined)).not.toThrow(
      /canary/,
    );
    expect(() => encodeRow(table, { id: 'a', x: 'a\0' } as { id: string }, undefined)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'INVALID_RECORD' }) }),
    );
  });

  test('counts its bytes, not its characters', () => {
    const of = (title: string) => encodeRow(table, { id: 'a', title } as { id: string }, undefined).bytes;
    expect(of('éé') - of('ee')).toBe(2);
  });
});

describe('an id', () => {
  test('may be anything but NUL, and as long as an index entry', () => {
    for (const id of [`'";--`, 'a/b:c', '😀', 'x'.repeat(MAX_ID_BYTES)])
      expect(() => checkId(id)).not.toThrow();
    for (const id of ['a\0', 'x'.repeat(MAX_ID_BYTES + 1), 'é'.repeat(MAX_ID_BYTES / 2 + 1)]) {
      expect(() => checkId(id)).toThrow(
        expect.objectContaining({ fault: expect.objectContaining({ kind: 'data', code: 'INVALID_ID' }) }),
      );
    }
  });
});
