import { expect, test } from 'vitest';
import type { GenerateResult } from '../../contract/index.js';
import { prepareOutput } from '../prepare-output.js';
import { JSON_SCHEMA_DIALECT, type SchemaDialect, STRICT_DIALECT } from './schema-dialect.js';

const context = { provider: 'p', model: 'm' };
const answer = (text: string): GenerateResult => ({
  text,
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
  ...context,
});
const prepare = (jsonSchema: object, dialect: SchemaDialect) =>
  prepareOutput({ jsonSchema: jsonSchema as Record<string, unknown> }, dialect, context);

test('a root that is not an object is a member of one, and comes back without it', async () => {
  const tree = { type: 'array', items: { $ref: '#' }, maxItems: 2 };
  const { schema, strict, dropped, read } = prepare(tree, STRICT_DIALECT);
  expect(schema).toEqual({
    type: 'object',
    properties: { value: { type: 'array', items: { $ref: '#/properties/value' } } },
    required: ['value'],
    additionalProperties: false,
  });
  expect([strict, dropped]).toEqual([true, ['/maxItems']]);
  expect((await read(answer('{"value":[[],[]]}'))).value).toEqual([[], []]);
  expect((await read(answer('[[]]'))).value).toEqual([[]]);
});

test('a union at the root keeps its definitions where they are found', () => {
  const leaf = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
  const { schema } = prepare({ anyOf: [{ $ref: '#/$defs/leaf' }], $defs: { leaf } }, STRICT_DIALECT);
  expect(schema).toMatchObject({
    $defs: { leaf: { additionalProperties: false } },
    properties: { value: { anyOf: [{ $ref: '#/$defs/leaf' }] } },
  });
});

test('a server that knows all keywords gets them, and is held to no strict mode', () => {
  const list = { type: 'array', items: { type: 'string', pattern: 'x' }, maxItems: 2 };
  expect(prepare(list, JSON_SCHEMA_DIALECT)).toMatchObject({ schema: list, strict: false, dropped: [] });
});

test('members that lead back to their own schema are optional where cycles have to be', () => {
  const node = {
    type: 'object',
    properties: { id: {}, next: { $ref: '#/$defs/node' } },
    required: ['id', 'next'],
  };
  const root = {
    type: 'object',
    properties: { first: { $ref: '#/$defs/node' } },
    required: ['first'],
    $defs: { node },
  };
  const { schema, dropped } = prepare(root, { ...JSON_SCHEMA_DIALECT, optionalCycles: true });
  expect(schema).toMatchObject({ required: [], $defs: { node: { required: ['id'] } } });
  expect(dropped.toSorted()).toEqual(['/$defs/node/required', '/required']);
});
