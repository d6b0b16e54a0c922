import { FaultError } from '@drydock/storage';
import { expect, test } from 'vitest';
import { checkId, decodeRow, encodeRecord, MAX_ID_BYTES } from './codec.js';
import type { GraphRecord } from './record.js';
import { defineSchema } from './schema.js';

const schema = defineSchema({ namespace: 'App', labels: ['Person'], types: ['KNOWS'], indexes: {} });
const encode = (properties: object, ttlMs?: number) =>
  encodeRecord(schema, { id: 'a', label: 'Person', properties } as never, ttlMs);

/** What a node holds of these properties, the id left out. */
function held(properties: object): unknown {
  const { id: _, ...own } = encode(properties).value.properties;
  return own;
}

test.each<[string, object, object]>([
  ['integers as integers', { a: 1, b: -5, c: 0 }, { a: 1n, b: -5n, c: 0n }],
  ['what no integer holds exactly as floats', { a: 0.5, b: -0, c: 2 ** 60 }, { a: 0.5, b: -0, c: 2 ** 60 }],
  [
    'lists of one kind as lists',
    { a: [1, 2], b: [1, 0.5], c: ['x'], d: [] },
    { a: [1n, 2n], b: [1, 0.5], c: ['x'], d: [] },
  ],
  ['absent values not at all', { a: undefined }, {}],
  [
    'everything else as JSON',
    { a: null, b: { c: 1 }, d: [1, 'x'], _e: 1 },
    { _json: '{"a":null,"b":{"c":1},"d":[1,"x"],"_e":1}' },
  ],
])('holds %s', (_, properties, expected) => {
  expect(held(properties)).toStrictEqual(expected);
});

test('a lifetime is rounded up to whole milliseconds, as an integer', () => {
  expect(encode({}, 0.5).value.ttl).toBe(1n);
  expect(encode({}).value.ttl).toBeNull();
});

test('a relationship holds its namespace and names its ends', () => {
  const record = { id: 'r', type: 'KNOWS', from: 'a', to: 'b', properties: { n: 1 } };
  expect(encodeRecord(schema, record, undefined).value).toEqual({
    id: 'r',
    ttl: null,
    type: 'KNOWS',
    from: 'a',
    to: 'b',
    properties: { id: 'r', _namespace: 'App', n: 1n },
  });
});

test('the size counts what is sent, in UTF-8', () => {
  expect(encode({ text: 'ž'.repeat(500) }).bytes - encode({ text: '' }).bytes).toBe(1_000);
  expect(encode({ data: { text: 'x'.repeat(700) } }).bytes).toBeGreaterThan(700);
});

test('a key named __proto__ stays a key', () => {
  const properties = JSON.parse('{"__proto__":{"polluted":true}}');
  const row = { id: 'a', label: 'Person', type: null, from: null, to: null };
  const read = decodeRow({ ...row, properties: encode(properties).value.properties });
  expect(Object.keys(read.properties)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('what somebody else wrote is a data fault, where it is not a record', () => {
  const row = { id: 'a', type: null, from: null, to: null };
  expect(() => decodeRow({ ...row, label: null, properties: {} })).toThrow(FaultError);
  expect(() => decodeRow({ ...row, label: 'Person', properties: { _json: 'nonsense' } })).toThrow(FaultError);
});

test('an id may be as long as an index takes', () => {
  expect(() => checkId('ž'.repeat(MAX_ID_BYTES / 2))).not.toThrow();
  expect(() => checkId(`${'ž'.repeat(MAX_ID_BYTES / 2)}x`)).toThrow(FaultError);
});

test.each([{ id: 'a' }, { id: 'a', label: 'Person', properties: [] }])(
  'a record that is none is refused: %j',
  (record) => {
    expect(() => encodeRecord(schema, record as unknown as GraphRecord & { id: string }, undefined)).toThrow(
      FaultError,
    );
  },
);
