import { Deadline, DeadlineExceededError } from '@drydock/resilience';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { GenerateResult, JsonSchema, OutputSchema } from '../contract/index.js';
import { checkAnswer } from './check-answer.js';
import { outputSchema } from './output-schema.js';

const OPERATORS = ['add', 'subtract', 'multiply', 'divide', 'negate'];
const reference = { $ref: '#/$defs/expression' };

/** Expressions whose operators all have further expressions, before the constant that tells them apart. */
const EXPRESSION: JsonSchema = {
  ...reference,
  $defs: {
    expression: {
      anyOf: [
        ...OPERATORS.map((kind) => ({
          type: 'object',
          properties: {
            args: { type: 'array', items: reference },
            kind: { const: kind },
            note: { type: 'string' },
          },
          required: ['args', 'kind'],
          additionalProperties: false,
        })),
        { type: 'object', properties: { leaf: { type: 'number' } }, required: ['leaf'] },
      ],
    },
  },
};

/** The same without constants, so that no alternative can be ruled out at a glance. */
const ALIKE = JSON.parse(JSON.stringify(EXPRESSION).replaceAll(/\{"const":"(\w+)"\}/g, '{"pattern":"^$1$"}'));

const zodExpression: z.ZodType = z.lazy(() =>
  z.union([
    ...OPERATORS.map((kind) => z.object({ args: z.array(zodExpression), kind: z.literal(kind) })),
    z.object({ leaf: z.number() }),
  ]),
);

function nested(depth: number, leaf: object): unknown {
  let value: unknown = leaf;
  for (let level = 0; level < depth; level += 1) value = { args: [value], kind: 'negate', note: null };
  return value;
}

function check<T>(value: unknown, schema: OutputSchema<T>, deadline?: Deadline): Promise<T> {
  const result: GenerateResult = {
    text: typeof value === 'string' ? value : JSON.stringify(value),
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    provider: 'p',
    model: 'm',
  };
  return checkAnswer(result, schema, deadline);
}

test.each([
  ['with constants', EXPRESSION],
  ['without', ALIKE],
])('a recursive union %s is checked in a time that grows with the answer alone', async (_, jsonSchema) => {
  const started = process.cpuUsage();
  expect(JSON.stringify(await check(nested(1_000, { leaf: 1 }), { jsonSchema }))).not.toContain('null');
  await expect(check(nested(1_000, { leaf: 'x' }), { jsonSchema })).rejects.toMatchObject({
    code: 'SCHEMA_MISMATCH',
  });
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(5_000);
});

test('a wide answer is checked within seconds', async () => {
  const wide = { args: Array(8_000).fill(nested(1, { leaf: 1 })), kind: 'add' };
  const started = process.cpuUsage();
  await check(wide, { jsonSchema: EXPRESSION });
  const numbers = Array.from({ length: 100_000 }, (_, index) => index);
  await check(numbers, { jsonSchema: { type: 'array', items: { type: 'integer' }, uniqueItems: true } });
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(5_000);
});

test('a union of zod with its nulls is checked as quickly', async () => {
  const started = process.cpuUsage();
  await check(nested(8, { leaf: 1 }), outputSchema(z.object({ root: zodExpression }).or(zodExpression)));
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
});

test('the alternative whose constant fits says what is wrong', async () => {
  const wrong = { args: [{ leaf: '1' }], kind: 'add' };
  await expect(check(wrong, { jsonSchema: EXPRESSION })).rejects.toThrow('at /args/0/leaf');
});

test('nulls stay where the value fits with them', async () => {
  const schema = { type: 'object', properties: { a: { type: ['string', 'null'] }, b: { type: 'string' } } };
  expect(await check({ a: null, b: null }, { jsonSchema: schema })).toEqual({ a: null });
});

test('a check that does not come to an end ends with the deadline', async () => {
  const deadline = new Deadline({ timeoutMs: 100 });
  const slow = z.string().refine((text) => /^(?:a+)+$/.test(text));
  const { signal } = deadline;
  await expect(check(JSON.stringify(`${'a'.repeat(50)}b`), outputSchema(slow), deadline)).rejects.toThrow(
    DeadlineExceededError,
  );
  expect(signal.aborted).toBe(true);
});

test('items are compared whatever the order of their members', async () => {
  const jsonSchema = { type: 'array', uniqueItems: true };
  await expect(
    check(
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      { jsonSchema },
    ),
  ).rejects.toMatchObject({
    code: 'SCHEMA_MISMATCH',
  });
  expect(await check(['1', 1], { jsonSchema })).toEqual(['1', 1]);
});
