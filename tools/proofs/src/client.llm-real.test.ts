import { createClient, type Provider } from '@drydock/llm';
import { SpendCap } from '@drydock/llm/spend';
import { createGeminiProvider } from '@drydock/llm-gemini';
import { createGroqProvider } from '@drydock/llm-groq';
import { createMistralProvider } from '@drydock/llm-mistral';
import { describe, expect, test } from 'vitest';

interface Named {
  readonly name: string;
  readonly create: (apiKey?: string) => Provider;
  readonly apiKey: string | undefined;
}

const { GOOGLE_API_KEY, GROQ_API_KEY, MISTRAL_API_KEY } = process.env;
const GEMINI: Named = {
  name: 'gemini',
  apiKey: GOOGLE_API_KEY,
  create: (apiKey) => createGeminiProvider({ apiKey }),
};
const GROQ: Named = {
  name: 'groq',
  apiKey: GROQ_API_KEY,
  create: (apiKey) => createGroqProvider({ apiKey }),
};
const MISTRAL: Named = {
  name: 'mistral',
  apiKey: MISTRAL_API_KEY,
  create: (apiKey) => createMistralProvider({ apiKey }),
};

describe('the client across providers', { timeout: 90_000 }, () => {
  test('passes from Groq to Gemini', { tags: ['smoke', 'gemini'] }, () => answersInPlaceOf(GROQ, GEMINI));
  test('passes from Mistral to Groq', { tags: ['smoke', 'groq'] }, () => answersInPlaceOf(MISTRAL, GROQ));
  test('passes from Gemini to Mistral', { tags: ['smoke', 'mistral'] }, () =>
    answersInPlaceOf(GEMINI, MISTRAL),
  );
});

/** One provider answers for another that refuses its key, so that a single key proves the client. */
async function answersInPlaceOf(refusing: Named, answering: Named): Promise<void> {
  const client = createClient({
    providers: [refusing.create('not-a-key'), answering.create(answering.apiKey)],
    spendCap: SpendCap.fromEnvironment(),
    timeoutMs: 60_000,
  });
  const { text, provider } = await client.generate({
    messages: [{ role: 'user', content: 'Reply with the single word pong.' }],
    maxOutputTokens: 512,
  });
  expect(provider).toBe(answering.name);
  expect(text.toLowerCase()).toContain('pong');
}
