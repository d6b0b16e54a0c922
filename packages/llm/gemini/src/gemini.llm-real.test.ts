import { createClient, type StreamEvent } from '@drydock/llm';
import { SpendCap } from '@drydock/llm/spend';
import { outputSchema, streamStructured } from '@drydock/llm/structured';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createGeminiProvider } from './provider.js';

const gemini = createGeminiProvider({ apiKey: process.env.GOOGLE_API_KEY });
const client = createClient({
  providers: [gemini],
  spendCap: SpendCap.fromEnvironment(),
  timeoutMs: 90_000,
});

/** Room for thoughts, which count as output. */
const maxOutputTokens = 4_096;
const capital = outputSchema(
  z.object({ country: z.string(), capital: z.string(), rivers: z.array(z.string()).max(3).optional() }),
);
const structured = {
  messages: [
    { role: 'user', content: 'What is the capital of Switzerland, and which rivers does it lie on?' },
  ],
  schema: capital,
  maxOutputTokens,
} as const;

test('answers a question', { tags: ['smoke'] }, async () => {
  const answer = await client.generate({
    system: 'Answer with one word.',
    messages: [{ role: 'user', content: 'Which is the largest planet of the solar system?' }],
    maxOutputTokens,
  });
  expect(answer.text).toMatch(/jupiter/i);
  expect(answer).toMatchObject({ finishReason: 'stop', provider: 'gemini' });
  expect(answer.usage.totalTokens).toBeGreaterThan(0);
  expect(answer.responseId).toBeTruthy();
});

test('holds an answer to a schema by itself', { tags: ['smoke'] }, async () => {
  const { value, attempts, dropped } = await client.generateStructured(structured);
  expect(value.capital).toMatch(/bern/i);
  expect(attempts).toHaveLength(1);
  expect(dropped).toEqual([]);
});

test('streams an answer', async () => {
  const events: StreamEvent[] = [];
  const question = { role: 'user', content: 'Count from one to twenty in words, with commas.' } as const;
  for await (const event of client.stream({ messages: [question], maxOutputTokens })) events.push(event);
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  expect(text).toMatch(/one.*twenty/is);
  expect(events.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' });
});

test('streams an answer that is held to a schema', async () => {
  const events = [];
  for await (const event of streamStructured(client, structured)) events.push(event);
  expect(events.at(-1)).toMatchObject({
    type: 'finish',
    value: { capital: expect.stringMatching(/bern/i) },
  });
});

test('asks for a tool, and answers with what that said', async () => {
  const tools = [
    {
      name: 'temperature_of',
      description: 'The temperature of a city at this moment, in degrees Celsius.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const question = { role: 'user', content: 'How warm is it in Bern? Use the tool.' } as const;
  const asked = await client.generate({ messages: [question], tools, maxOutputTokens });
  expect(asked.finishReason).toBe('tool_calls');
  const [call] = asked.toolCalls;
  if (!call) return expect.unreachable();
  const answered = await client.generate({
    messages: [
      question,
      { role: 'assistant', content: asked.text, toolCalls: asked.toolCalls },
      { role: 'tool', toolCallId: call.id, content: '{"celsius":17}' },
    ],
    tools,
    maxOutputTokens,
  });
  expect(answered.text).toContain('17');
});

test('makes vectors that are near for texts that are near', async () => {
  const { vectors, usage } = await client.embed({ texts: ['a cat', 'a kitten', 'tax law'], dimensions: 768 });
  const [cat = [], kitten = [], law = []] = vectors;
  expect(cat).toHaveLength(768);
  expect(similarity(cat, kitten)).toBeGreaterThan(similarity(cat, law));
  expect(usage.totalTokens).toBeGreaterThan(0);
});

test('tells its models, its health and a number of tokens, which costs nothing', async () => {
  const models = await gemini.listModels();
  expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining([gemini.model]));
  expect(await gemini.healthCheck()).toMatchObject({ healthy: true });
  expect(await gemini.countTokens?.({ messages: [{ role: 'user', content: 'hello' }] })).toBeGreaterThan(0);
});

test('a wrong key is told as such', async () => {
  const { healthy, reason } = await createGeminiProvider({ apiKey: 'AIza-not-a-key' }).healthCheck();
  expect(healthy).toBe(false);
  expect(reason).toContain('API_KEY_INVALID');
});

function similarity(one: readonly number[], other: readonly number[]): number {
  const dot = one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  return dot / (Math.hypot(...one) * Math.hypot(...other));
}
