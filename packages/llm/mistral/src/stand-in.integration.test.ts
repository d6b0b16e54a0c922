// @module-tag loopback
import { outputSchema } from '@drydock/llm/structured';
import { openAiServer, startScriptedServer, type WirePlayer } from '@drydock/llm/wire';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMistralProvider } from './provider.js';

const ASK = { messages: [{ role: 'user', content: 'Hello?' }] } as const;

let server: WirePlayer;
let provider: ReturnType<typeof createMistralProvider>;

beforeAll(async () => {
  server = await startScriptedServer(openAiServer);
  provider = createMistralProvider({
    baseURL: `${server.origin}/v1`,
    model: 'local',
    embeddingModel: 'local',
    fetch: server.fetch,
  });
});

afterAll(() => server.close());

test('answers, though nobody has a key', async () => {
  expect(await provider.generate(ASK)).toMatchObject({ text: 'pong', usage: { totalTokens: 5 } });
});

test('streams with its usage, which it is asked for', async () => {
  const events = [];
  for await (const event of provider.stream(ASK)) events.push(event);
  expect(events).toEqual([
    { type: 'text', text: 'po' },
    { type: 'text', text: 'ng' },
    expect.objectContaining({ type: 'finish', finishReason: 'stop', model: 'local' }),
  ]);
});

test('streams a tool call whose parts have no names', async () => {
  const events = [];
  const tools = [{ name: 'add', parameters: { type: 'object' } }];
  for await (const event of provider.stream({ ...ASK, tools })) events.push(event);
  expect(events[0]).toEqual({
    type: 'tool_call',
    toolCall: { id: 'call_1', name: 'add', arguments: { a: 1 } },
  });
});

test('holds an answer to a schema', async () => {
  const properties = { city: { type: 'string' }, country: { type: 'string' } };
  const schema = outputSchema({ type: 'object', properties });
  const { value } = await provider.generateStructured({ ...ASK, schema });
  expect(value).toEqual({ city: 'Paris', country: 'France' });
});

test('makes vectors and lists its models', async () => {
  const { vectors } = (await provider.embed?.({ texts: ['a', 'b'] })) ?? {};
  expect(vectors?.map(([first, ...others]) => [first, others.length])).toEqual([
    [0, 127],
    [1, 127],
  ]);
  expect(await provider.listModels()).toEqual([{ id: 'local' }]);
  expect(await provider.healthCheck()).toMatchObject({ healthy: true });
});

test('says what is wrong with an address that does not end at the version', async () => {
  const wrong = createMistralProvider({ baseURL: `${server.origin}/api`, fetch: server.fetch });
  expect(await wrong.healthCheck()).toMatchObject({
    healthy: false,
    reason: expect.stringContaining('`baseURL`'),
  });
});
