import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { GenerateRequest, StreamEvent } from '../contract/index.js';
import { outputSchema } from './output-schema.js';
import { type Partially, schemaOf, streamStructured } from './stream-structured.js';

const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
const finish = { type: 'finish', finishReason: 'stop', usage, provider: 'p', model: 'm' } as const;

function source(pieces: readonly string[], last: StreamEvent = finish) {
  const requests: GenerateRequest[] = [];
  return {
    requests,
    async *stream(request: GenerateRequest): AsyncGenerator<StreamEvent> {
      requests.push(request);
      for (const text of pieces) yield { type: 'text', text };
      yield last;
    },
  };
}

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const person = outputSchema(z.object({ name: z.string(), age: z.number() }));
const request = { messages: [{ role: 'user', content: 'Who?' }], schema: person } as const;

test('shows texts as they grow and numbers when they are whole', async () => {
  const pieces = ['```json\n', '{"name":"A', 'da","age":3', '6', '}\n```'];
  const from = source(pieces);
  const events = await all(streamStructured(from, request));
  expectTypeOf(events).items.toMatchTypeOf<{ value: Partially<{ name: string; age: number }> }>();
  expect(events).toEqual([
    { type: 'partial', value: { name: 'A' } },
    { type: 'partial', value: { name: 'Ada' } },
    { type: 'partial', value: { name: 'Ada', age: 36 } },
    { ...finish, text: pieces.join(''), toolCalls: [], value: { name: 'Ada', age: 36 } },
  ]);
  expect(schemaOf(from.requests[0] as GenerateRequest)).toBe(person);
});

test('the whole is checked in the end', async () => {
  const events = streamStructured(source(['{"name":"Ada"}']), request);
  expect(await events.next()).toMatchObject({ value: { type: 'partial', value: { name: 'Ada' } } });
  await expect(events.next()).rejects.toMatchObject({ kind: 'invalid_output', code: 'SCHEMA_MISMATCH' });
});

test('a stream that was cut by its limit is truncated', async () => {
  const cut = source(['{"name":"Ada","age":36}'], { ...finish, finishReason: 'length' });
  await expect(all(streamStructured(cut, request))).rejects.toMatchObject({ kind: 'truncated' });
});

test('whoever stops listening ends the source', async () => {
  let ended = false;
  const endless = {
    async *stream(): AsyncGenerator<StreamEvent> {
      try {
        for (;;) yield { type: 'text', text: '["a",' };
      } finally {
        ended = true;
      }
    },
  };
  for await (const _ of streamStructured(endless, request)) break;
  expect(ended).toBe(true);
});

test('whatever the value and however it is cut, what is shown is a part of it', async () => {
  const cut = fc.record({
    value: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
    size: fc.integer({ min: 1, max: 7 }),
  });
  await fc.assert(
    fc.asyncProperty(cut, async ({ value, size }) => {
      const text = JSON.stringify(value);
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      const whole = JSON.parse(text);
      const events = streamStructured(source(pieces), { ...request, schema: { jsonSchema: {} } });
      for await (const event of events) {
        if (event.type === 'partial') expect(isPart(event.value, whole)).toBe(true);
        else expect(event.value).toEqual(whole);
      }
    }),
    { numRuns: 300 },
  );
});

function isPart(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (typeof part !== 'object' || part === null) return Object.is(part, whole) || part === whole;
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole))
    return false;
  const members = new Map(Object.entries(whole));
  return Object.entries(part).every(([key, value]) => members.has(key) && isPart(value, members.get(key)));
}

test('a long value is read a few times, not once for each piece', async () => {
  const value = { name: 'x'.repeat(200_000), age: 1 };
  const pieces = JSON.stringify(value).match(/.{1,20}/gs) ?? [];
  const events = await all(streamStructured(source(pieces), request));
  expect(events.length).toBeLessThan(1_000);
  expect(events.at(-1)).toMatchObject({ type: 'finish', value });
});
