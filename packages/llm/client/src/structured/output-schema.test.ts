import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { GenerateResult, OutputSchema } from '../contract/index.js';
import { STRICT_DIALECT } from './dialect/schema-dialect.js';
import { prepareOutput } from './index.js';
import { outputSchema } from './output-schema.js';

interface Person {
  name: string;
  age?: number | undefined;
}

const jsonSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'number' } },
  required: ['name'],
};

const SCHEMAS: Readonly<Record<string, OutputSchema<Person>>> = {
  zod: outputSchema(z.object({ name: z.string(), age: z.number().optional() })),
  valibot: outputSchema(toStandardJsonSchema(v.object({ name: v.string(), age: v.optional(v.number()) }))),
  arktype: outputSchema(type({ name: 'string', 'age?': 'number' })),
  'valibot beside a JSON Schema': outputSchema(v.object({ name: v.string(), age: v.optional(v.number()) }), {
    jsonSchema,
  }),
  'JSON Schema': outputSchema<Person>(jsonSchema),
};

const WHERE = { provider: 'groq', model: 'a-model' };

function answer(text: string): GenerateResult {
  const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
  return { text, toolCalls: [], finishReason: 'stop', usage, ...WHERE };
}

describe.each(Object.entries(SCHEMAS))('%s', (_, schema) => {
  const output = prepareOutput(schema, STRICT_DIALECT, WHERE);

  test('is held to the shape in the dialect', () => {
    expect(output.schema).toMatchObject({
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: ['number', 'null'] } },
      additionalProperties: false,
    });
    expect(new Set(output.schema.required as string[])).toEqual(new Set(['name', 'age']));
    expect(output.dropped).toEqual([]);
  });

  test('gives a typed value, whose optional member may have come as null', async () => {
    const { value } = await output.read(answer('{"name":"Ada","age":null}'));
    expectTypeOf(value).toEqualTypeOf<Person>();
    expect(value).toEqual({ name: 'Ada' });
    expect((await output.read(answer('{"name":"Ada","age":36}'))).value).toEqual({ name: 'Ada', age: 36 });
  });

  test('refuses another value, naming the place', async () => {
    const error = await output.read(answer('{"name":5}')).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'invalid_output', code: 'SCHEMA_MISMATCH', retriable: false });
    expect((error as Error).message).toBe(
      'groq a-model: the answer does not fit the schema at /name (SCHEMA_MISMATCH)',
    );
  });
});

test('the value is what the schema makes of the answer, and the model is held to what goes in', async () => {
  const schema = outputSchema(z.object({ when: z.string().transform((text) => new Date(text)) }));
  const output = prepareOutput(schema, STRICT_DIALECT, WHERE);
  expect(output.schema).toMatchObject({ properties: { when: { type: 'string' } } });
  const { value } = await output.read(answer('{"when":"2026-01-02T00:00:00Z"}'));
  expectTypeOf(value).toEqualTypeOf<{ when: Date }>();
  expect(value.when).toEqual(new Date('2026-01-02T00:00:00Z'));
});

test('a schema that does not tell its shape is refused with the remedy', () => {
  const schema = v.object({ name: v.string() }) as unknown as Parameters<typeof outputSchema<unknown>>[0];
  expect(() => outputSchema(schema)).toThrow(/this valibot schema .* \(toStandardJsonSchema of/);
});

test('a date, which JSON cannot hold, is refused with the remedy', () => {
  expect(() => outputSchema(z.object({ at: z.date() }))).toThrow(/zod schema .*z\.iso\.datetime\(\)/);
});
