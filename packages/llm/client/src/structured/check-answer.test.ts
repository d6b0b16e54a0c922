import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { GenerateResult, LlmError, OutputSchema } from '../contract/index.js';
import { checkAnswer } from './check-answer.js';
import { outputSchema } from './output-schema.js';

const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
const CANARY = 'canary-completion-9f2';

const list = {
  type: 'object',
  properties: {
    items: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
  },
  required: ['items'],
  additionalProperties: false,
};

function answer(text: string, more: Partial<GenerateResult> = {}): GenerateResult {
  return { text, toolCalls: [], finishReason: 'stop', usage, provider: 'gemini', model: 'flash', ...more };
}

function check(text: string, schema: OutputSchema<unknown> = { jsonSchema: list }) {
  return checkAnswer(answer(text), schema);
}

async function failure(text: string, schema?: OutputSchema<unknown>): Promise<LlmError> {
  return check(text, schema).then(
    () => expect.unreachable(),
    (error) => error,
  );
}

test.each([
  ['bare', '{"items":[]}'],
  ['fenced', '```json\n{"items":[]}\n```'],
  ['fenced without a language', '```\n{"items":[]}\n```\n'],
  ['fenced within prose', 'Here is "the list":\n```json\n{"items":[]}\n```\nAnything else?'],
  ['fenced, and the fence never ends', '```json\n{"items":[]}'],
  ['surrounded by white space', ' \n{"items":[]}\n'],
  ['after thoughts', '<think>Maybe {"items": 1}?</think>\n{"items":[]}'],
  ['after thoughts whose beginning was kept back', 'Maybe {"items": 1}?</think>{"items":[]}'],
  ['after thoughts, in a fence', '<think>[1]</think>\n```json\n{"items":[]}\n```'],
  ['after a sentence', 'Here is the JSON you asked for: {"items":[]}'],
  ['before a sentence', '{"items":[]}\nLet me know if {you} need more.'],
  ['among prose with an example', 'Not {"items":1}, nor {this}, but {"items":[]} (it is "empty").'],
])('reads an answer that is %s', async (_, text) => {
  expect(await check(text)).toEqual({ items: [] });
});

test('a fence within a text of the value is a part of it', async () => {
  const text = 'a ```json\n{}\n``` b';
  expect(await check(JSON.stringify([text]), { jsonSchema: { type: 'array' } })).toEqual([text]);
});

test.each([
  ['', 'NOT_JSON'],
  ['{"items":[', 'NOT_JSON'],
  [`{"${CANARY}":`, 'NOT_JSON'],
  ['```json\n```', 'NOT_JSON'],
  ['{"items":[{"price":"3"}]}', 'SCHEMA_MISMATCH'],
  ['null', 'SCHEMA_MISMATCH'],
])('refuses %j', async (text, code) => {
  expect(await failure(text)).toMatchObject({ kind: 'invalid_output', code, usage, retriable: false });
});

test('names the places of the schema, and not what the model made up', async () => {
  const error = await failure(`{"items":[{"price":"${CANARY}"}],"${CANARY}":"${CANARY}"}`);
  expect(error.message).toContain('/items/0/price');
  expect(error.message).toContain('/*');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  expect(JSON.stringify(error)).not.toContain(CANARY);
});

test('a schema that shows values in its messages does not show them in the error', async () => {
  const telling = z.object({ name: z.string().refine(() => false, { message: `was ${CANARY}` }) });
  const error = await failure('{"name":"x"}', outputSchema(telling));
  expect(error.message).toContain('at /name');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
});

test('a schema that throws is told from an answer that does not fit', async () => {
  const throwing = z.unknown().transform(() => {
    throw new Error(CANARY);
  });
  const error = await failure('{}', { jsonSchema: {}, validate: throwing });
  expect(error).toMatchObject({ kind: 'invalid_output', code: 'CHECK_FAILED' });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
});

test('many places are counted, not listed', async () => {
  const error = await failure(JSON.stringify({ items: Array(9).fill({ price: '' }) }));
  expect(error.message).toContain('at /items/0/price, /items/1/price, /items/2/price and 6 more places');
});

test('an answer that broke off is truncated, whatever it holds', async () => {
  const cut = answer('{"items":[]}', { finishReason: 'length' });
  await expect(checkAnswer(cut, { jsonSchema: list })).rejects.toMatchObject({ kind: 'truncated', usage });
});

test('a model that asks for tools has not answered', async () => {
  const asking = answer('', { finishReason: 'tool_calls' });
  await expect(checkAnswer(asking, { jsonSchema: list })).rejects.toMatchObject({
    kind: 'invalid_output',
    code: 'TOOL_CALLS',
  });
});

test('older drafts are read as what they are', async () => {
  const tuple = { items: [{ type: 'string' }, { type: 'number' }], additionalItems: false };
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'array', ...tuple };
  expect(await check('["a",1]', { jsonSchema: schema })).toEqual(['a', 1]);
  expect(await failure('["a",1,2]', { jsonSchema: schema })).toMatchObject({ code: 'SCHEMA_MISMATCH' });
});

test('the caller’s schema is left as it was', async () => {
  const frozen = Object.freeze({ $ref: '#/$defs/a', $defs: Object.freeze({ a: Object.freeze({}) }) });
  expect(await check('1', { jsonSchema: frozen })).toBe(1);
  expect(Reflect.ownKeys(frozen)).toEqual(['$ref', '$defs']);
});

test('a deeply nested answer is refused, not fatal', async () => {
  const nested = { $ref: '#/$defs/n', $defs: { n: { type: 'array', items: { $ref: '#/$defs/n' } } } };
  const error = await failure('['.repeat(50_000) + ']'.repeat(50_000), { jsonSchema: nested });
  expect(error.kind).toBe('invalid_output');
});
