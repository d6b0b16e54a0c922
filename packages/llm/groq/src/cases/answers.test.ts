import { eventStream, jsonAnswer, scriptedFetch } from '@drydock/llm/wire';
import { expect, test } from 'vitest';
import { createGroqProvider } from '../provider.js';

const REQUEST = { messages: [{ role: 'user', content: 'a prompt of a test' }] } as const;
const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const YES = { index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' };

function before(answer: object) {
  const player = scriptedFetch([jsonAnswer(answer)]);
  const provider = createGroqProvider({
    apiKey: 'key-of-a-test',
    baseURL: player.origin,
    fetch: player.fetch,
  });
  return { provider, sent: () => JSON.parse(player.exchanges[0]?.request.body ?? '{}') };
}

test.each([
  ['choices that are not a list', { choices: {}, usage: USAGE }],
  ['a call of nothing', { choices: [{ ...YES, message: { tool_calls: [{ id: 'a' }] } }], usage: USAGE }],
])('%s are a malformed answer', async (_, answer) => {
  await expect(before(answer).provider.generate(REQUEST)).rejects.toMatchObject({
    kind: 'invalid_output',
    code: 'MALFORMED',
    retriable: true,
  });
});

test('a list with a model that is null is a malformed answer', async () => {
  await expect(before({ data: [null] }).provider.listModels()).rejects.toMatchObject({ code: 'MALFORMED' });
});

test.each([{}, 'none', { queue_time: 1 }])('usage of %j tells nothing', async (usage) => {
  const { provider } = before({ choices: [YES], usage });
  await expect(provider.generate(REQUEST)).rejects.toMatchObject({ code: 'NO_USAGE' });
});

test('an answer with a call of a tool that just stopped asks for the tool', async () => {
  const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
  const { provider } = before({ choices: [{ ...YES, message: { tool_calls: [call] } }], usage: USAGE });
  expect(await provider.generate(REQUEST)).toMatchObject({ finishReason: 'tool_calls' });
});

test('a map, which the strict mode can only forbid, is asked for without it', async () => {
  const additionalProperties = { type: 'number' };
  const jsonSchema = { type: 'object', properties: { map: { type: 'object', additionalProperties } } };
  const { provider, sent } = before({
    choices: [{ ...YES, message: { content: '{"map":{"a":1}}' } }],
    usage: USAGE,
  });
  const { value, dropped } = await provider.generateStructured({ ...REQUEST, schema: { jsonSchema } });
  expect(sent().response_format.json_schema).toEqual({ name: 'answer', strict: false, schema: jsonSchema });
  expect([value, dropped]).toEqual([{ map: { a: 1 } }, []]);
});

test.each([
  ['rate_limit_exceeded', { kind: 'rate_limit', retriable: true }],
  ['insufficient_quota', { kind: 'quota', retriable: false }],
])('an event of a stream that tells of %s is what its code says', async (code, expected) => {
  const player = scriptedFetch([
    eventStream([{ error: { message: 'Limit reached', type: 'tokens', code } }]),
  ]);
  const provider = createGroqProvider({ apiKey: 'k', baseURL: player.origin, fetch: player.fetch });
  const listening = provider.stream(REQUEST)[Symbol.asyncIterator]().next();
  await expect(listening).rejects.toMatchObject({ code, ...expected });
});

test('a request that alone is more than a minute allows is not a rate limit', async () => {
  const body = { error: { message: 'Request too large', type: 'tokens', code: 'rate_limit_exceeded' } };
  const player = scriptedFetch([jsonAnswer(body, { status: 413 })]);
  const provider = createGroqProvider({ apiKey: 'k', baseURL: player.origin, fetch: player.fetch });
  await expect(provider.generate(REQUEST)).rejects.toMatchObject({ kind: 'bad_request', retriable: false });
});
