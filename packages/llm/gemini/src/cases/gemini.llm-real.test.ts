import { createClient } from '@drydock/llm';
import { realCalls } from '@drydock/llm/conformance';
import { SpendCap } from '@drydock/llm/spend';
import { outputSchema, streamStructured } from '@drydock/llm/structured';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createGeminiProvider } from '../provider.js';

const gemini = createGeminiProvider({ apiKey: process.env.GOOGLE_API_KEY });

realCalls({
  provider: gemini,
  withWrongKey: createGeminiProvider({ apiKey: 'not-a-key' }),
  smokeTags: ['smoke'],
  structuredSmoke: true,
});

describe('gemini, asked for what is its own', { timeout: 90_000 }, () => {
  const client = createClient({
    providers: [gemini],
    spendCap: SpendCap.fromEnvironment(),
    timeoutMs: 60_000,
  });
  // Room for thoughts, which count as output.
  const maxOutputTokens = 4_096;

  test('streams an answer that the service holds to a schema of zod', async () => {
    const schema = outputSchema(
      z.object({ capital: z.string(), rivers: z.array(z.string()).max(3).optional() }),
    );
    const question = {
      role: 'user',
      content: 'What is the capital of Switzerland, on which rivers?',
    } as const;
    const request = { messages: [question], schema, maxOutputTokens };
    const events = [];
    for await (const event of streamStructured(client, request)) events.push(event);
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
    const results = asked.toolCalls.map(
      ({ id }) => ({ role: 'tool', toolCallId: id, content: '17' }) as const,
    );
    const turn = { role: 'assistant', content: asked.text, toolCalls: asked.toolCalls } as const;
    const answered = await client.generate({
      messages: [question, turn, ...results],
      tools,
      maxOutputTokens,
    });
    expect(answered.text).toContain('17');
  });

  test('makes shorter vectors, near for texts that are near', async () => {
    const { vectors } = await client.embed({ texts: ['a cat', 'a kitten', 'tax law'], dimensions: 768 });
    const [cat = [], kitten = [], law = []] = vectors;
    expect(cat).toHaveLength(768);
    expect(similarity(cat, kitten)).toBeGreaterThan(similarity(cat, law));
  });

  test('counts tokens, which costs none', async () => {
    const messages = [{ role: 'user', content: 'hello' }] as const;
    expect(await gemini.countTokens?.({ messages })).toBeGreaterThan(0);
  });
});

function similarity(one: readonly number[], other: readonly number[]): number {
  const dot = one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  return dot / (Math.hypot(...one) * Math.hypot(...other));
}
