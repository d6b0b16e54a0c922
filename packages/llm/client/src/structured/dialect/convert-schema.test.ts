import { describe, expect, test } from 'vitest';
import { convertSchema } from './convert-schema.js';
import { OPEN_API_DIALECT, STRICT_DIALECT } from './schema-dialect.js';

describe('the strict dialect', () => {
  const convert = (schema: Record<string, unknown>) => convertSchema(schema, STRICT_DIALECT);

  test('drops what it lacks and says where', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        'a/b': { type: 'string', minLength: 1, pattern: '^x' },
        list: { type: 'array', items: { type: 'number', minimum: 0 }, maxItems: 3 },
      },
      required: ['a/b', 'list'],
      additionalProperties: false,
    };
    expect(convert(schema)).toEqual({
      schema: {
        type: 'object',
        properties: { 'a/b': { type: 'string' }, list: { type: 'array', items: { type: 'number' } } },
        required: ['a/b', 'list'],
        additionalProperties: false,
      },
      dropped: [
        '/properties/a~1b/minLength',
        '/properties/a~1b/pattern',
        '/properties/list/items/minimum',
        '/properties/list/maxItems',
      ],
      inexpressible: [],
    });
  });

  test('requires every property, and allows null for those that were optional', () => {
    const { schema } = convert({
      type: 'object',
      properties: {
        text: { type: 'string' },
        word: { type: 'string', enum: ['a', 'b'] },
        either: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        node: { $ref: '#/$defs/node' },
        fixed: { const: 1 },
        nothing: { type: ['string', 'null'] },
        needed: { type: 'string' },
      },
      required: ['needed'],
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
    });
    expect(schema).toMatchObject({
      properties: {
        text: { type: ['string', 'null'] },
        word: { type: ['string', 'null'], enum: ['a', 'b', null] },
        either: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] },
        node: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
        fixed: { anyOf: [{ const: 1 }, { type: 'null' }] },
        nothing: { type: ['string', 'null'] },
        needed: { type: 'string' },
      },
      required: ['text', 'word', 'either', 'node', 'fixed', 'nothing', 'needed'],
      $defs: { node: { additionalProperties: false, required: ['next'] } },
    });
  });

  test('says the same by another keyword', () => {
    const either = { oneOf: [{ type: 'string' }, { type: 'number' }] };
    const old = { definitions: { a: either }, $ref: '#/definitions/a' };
    expect(convert(old)).toEqual({
      schema: { $defs: { a: { anyOf: either.oneOf } }, $ref: '#/$defs/a' },
      dropped: [],
      inexpressible: [],
    });
  });

  test.each([
    ['an object of any members', { type: 'object' }],
    ['a map', { type: 'object', additionalProperties: { type: 'number' } }],
    ['an open object', { type: 'object', properties: {}, additionalProperties: true }],
    ['a pattern of names', { type: 'object', properties: {}, patternProperties: { a: true } }],
    ['anything', {}],
    ['anything, as a switch', true],
  ])('tells that it cannot express %s', (_, inner) => {
    const schema = { type: 'object', properties: { inner }, required: ['inner'] };
    expect(convert(schema).inexpressible).toEqual(['/properties/inner']);
  });
});

describe('a dialect in the manner of OpenAPI 3.0', () => {
  const convert = (schema: Record<string, unknown>) => convertSchema(schema, OPEN_API_DIALECT);

  test.each([
    [{ type: ['string', 'null'] }, { type: 'string', nullable: true }],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, { type: 'string', nullable: true }],
    [{ type: ['string', 'number'] }, { anyOf: [{ type: 'string' }, { type: 'number' }] }],
    [
      { type: ['string', 'null'], enum: ['a', null] },
      { type: 'string', enum: ['a'], nullable: true },
    ],
    [
      { const: 'a', type: 'string' },
      { enum: ['a'], type: 'string' },
    ],
  ])('%j', (given, expected) => {
    expect(convert(given)).toEqual({ schema: expected, dropped: [], inexpressible: [] });
  });

  test('numbers are not enumerated', () => {
    expect(convert({ type: 'number', enum: [1, 2] })).toMatchObject({
      schema: { type: 'number' },
      dropped: ['/enum'],
    });
    expect(convert({ type: 'number', const: 1 })).toMatchObject({
      schema: { type: 'number' },
      dropped: ['/const'],
    });
  });

  test('references are replaced, and one that leads back to itself ends there', () => {
    const schema = {
      type: 'object',
      properties: { tree: { $ref: '#/$defs/tree', description: 'a tree' } },
      $defs: {
        tree: { type: 'object', properties: { left: { $ref: '#/$defs/tree' }, leaf: { type: 'string' } } },
      },
    };
    expect(convert(schema)).toEqual({
      schema: {
        type: 'object',
        properties: {
          tree: {
            type: 'object',
            properties: { left: { type: 'object' }, leaf: { type: 'string' } },
            description: 'a tree',
          },
        },
      },
      dropped: ['/$defs/tree/properties/left/$ref', '/$defs'],
      inexpressible: [],
    });
  });
});

describe('schemas that are to fit together', () => {
  const dialect = { keywords: ['type', 'properties', 'required', '$ref', '$defs'] };
  const part = (name: string) => ({
    type: 'object',
    properties: { [name]: { type: 'string', minLength: 1 } },
  });

  test('become one where they add up', () => {
    const schema = {
      required: ['a'],
      allOf: [{ ...part('a'), required: ['a'] }, { $ref: '#/$defs/b' }],
      $defs: { b: { ...part('b'), required: ['b'] } },
    };
    expect(convertSchema(schema, dialect)).toMatchObject({
      schema: {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        required: ['a', 'b'],
      },
      dropped: ['/$defs/b/properties/b/minLength', '/allOf/0/properties/a/minLength'],
    });
    expect(convertSchema({ allOf: [part('a'), part('b')] }, STRICT_DIALECT)).toMatchObject({
      schema: { required: ['a', 'b'], additionalProperties: false },
      inexpressible: [],
    });
  });

  test.each([
    ['one member', [part('a'), part('a')]],
    ['one keyword', [{ type: 'string' }, { type: 'number' }]],
  ])('are dropped where they speak of %s in two ways', (_, allOf) => {
    expect(convertSchema({ allOf }, dialect)).toMatchObject({
      schema: {},
      dropped: expect.arrayContaining(['/allOf']),
    });
  });
});

test('a dialect with lone references drops what stands beside them', () => {
  const dialect = { keywords: ['$ref', '$defs', 'description', 'type'], loneReferences: true };
  const schema = { $ref: '#/$defs/a', description: 'b', $defs: { a: { type: 'string' } } };
  expect(convertSchema(schema, dialect)).toMatchObject({
    schema: { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } },
    dropped: ['/description'],
  });
});

test('a dialect knows some formats', () => {
  const dialect = { keywords: ['type', 'format', 'items'], formats: ['date'] };
  const convert = (format: string) =>
    convertSchema({ type: 'array', items: { type: 'string', format } }, dialect);
  expect(convert('date').dropped).toEqual([]);
  expect(convert('uuid').dropped).toEqual(['/items/format']);
});

test.each([
  [
    'refers to nothing within it at /properties/a/$ref',
    { type: 'object', properties: { a: { $ref: '#/$defs/b' } } },
  ],
  ['refers to nothing within it at /$ref', { $ref: 'https://example.com/schema' }],
  ['has something else than a schema at /items', { type: 'array', items: 5 }],
])('a schema that %s is refused', (what, schema) => {
  expect(() => convertSchema(schema, STRICT_DIALECT)).toThrow(`the schema ${what}`);
});

test('a schema that contains itself is refused', () => {
  const schema: Record<string, unknown> = { type: 'array' };
  schema.items = schema;
  expect(() => convertSchema(schema, STRICT_DIALECT)).toThrow('is nested deeper than 64 levels');
});
