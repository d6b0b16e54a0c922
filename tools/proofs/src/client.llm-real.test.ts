import { createClient, type Provider } from '@drydock/llm';
import { SpendCap } from '@drydock/llm/spend';
import { createGeminiProvider } from '@drydock/llm-gemini';
import { createGroqProvider } from '@drydock/llm-groq';
import { createMistralProvider } from '@drydock/llm-mistral';
import { describe, expect, test } from 'vitest';

interface Named {
  readonly name: string;
  readonly create: (options: { apiKey?: string | undefined; fetch?: typeof fetch }) => Provider;
  readonly apiKey: string | undefined;
  /** A server of one's own, which takes any key. */
  readonly baseURL?: string | undefined;
}

const { GOOGLE_API_KEY, GROQ_API_KEY, GROQ_BASE_URL, GROQ_MODEL } = process.env;
const { MISTRAL_API_KEY, MISTRAL_BASE_URL, MISTRAL_MODEL } = process.env;
const GEMINI: Named = {
  name: 'gemini',
  apiKey: GOOGLE_API_KEY,
  create: createGeminiProvider,
};
const GROQ: Named = {
  name: 'groq',
  apiKey: GROQ_API_KEY,
  baseURL: GROQ_BASE_URL,
  create: (options) => createGroqProvider({ ...options, baseURL: GROQ_BASE_URL, model: GROQ_MODEL }),
};
const MISTRAL: Named = {
  name: 'mistral',
  apiKey: MISTRAL_API_KEY,
  baseURL: MISTRAL_BASE_URL,
  create: (options) => createMistralProvider({ ...options, baseURL: MISTRAL_BASE_URL, model: MISTRAL_MODEL }),
};

/** Servers of one's own, which the guard is to let through. */
const allow = [GROQ_BASE_URL, MISTRAL_BASE_URL].filter((url) => url !== undefined).map(endpointOf);
const meta: Record<string, unknown> = { network: { allow } };

describe('the client across providers', { timeout: 90_000, meta }, () => {
  test('passes from Groq to Gemini', { tags: ['smoke', 'gemini'] }, () => answersInPlaceOf(GROQ, GEMINI));
  test('passes from Mistral to Groq', { tags: ['smoke', 'groq'] }, () => answersInPlaceOf(MISTRAL, GROQ));
  test('passes from Gemini to Mistral', { tags: ['smoke', 'mistral'] }, () =>
    answersInPlaceOf(GEMINI, MISTRAL),
  );
});

/** One provider answers for another that refuses its key, so that a single key proves the client. */
async function answersInPlaceOf(refusing: Named, answering: Named): Promise<void> {
  const client = createClient({
    providers: [
      // A server of one's own takes any key, and the machine may reach nothing else.
      answering.baseURL
        ? refusing.create({ apiKey: 'not-a-key', fetch: refuse })
        : refusing.create({ apiKey: 'not-a-key' }),
      answering.create({ apiKey: answering.apiKey }),
    ],
    spendCap: SpendCap.fromEnvironment(),
    timeoutMs: 60_000,
  });
  const { text, provider } = await client.generate({
    messages: [{ role: 'user', content: 'Reply with the single word pong.' }],
    maxOutputTokens: 512,
    temperature: 0,
  });
  expect(provider).toBe(answering.name);
  expect(text.toLowerCase()).toContain('pong');
}

const refuse: typeof fetch = async () =>
  Response.json({ error: { code: 'invalid_api_key' } }, { status: 401 });

function endpointOf(baseURL: string): string {
  const { hostname, port, protocol } = new URL(baseURL);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
