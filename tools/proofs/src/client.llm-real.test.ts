import { createClient, type Provider } from '@drydock/llm';
import { SpendCap } from '@drydock/llm/spend';
import { createGeminiProvider } from '@drydock/llm-gemini';
import { createGroqProvider } from '@drydock/llm-groq';
import { createMistralProvider } from '@drydock/llm-mistral';
import { createOpenAICompatibleProvider } from '@drydock/llm-openai-compatible';
import { describe, expect, test } from 'vitest';

interface Named {
  readonly name: string;
  readonly create: (options: { apiKey?: string | undefined; fetch?: typeof fetch }) => Provider;
  readonly apiKey: string | undefined;
  /** A server of one's own, which takes any key. */
  readonly baseURL?: string | undefined;
}

type Create = (options: {
  apiKey?: string | undefined;
  baseURL?: string | undefined;
  model?: string | undefined;
  fetch?: typeof fetch | undefined;
}) => Provider;

const GEMINI: Named = {
  name: 'gemini',
  apiKey: process.env.GOOGLE_API_KEY,
  create: createGeminiProvider,
};
const GROQ = compatible('groq', 'GROQ', createGroqProvider);
const MISTRAL = compatible('mistral', 'MISTRAL', createMistralProvider);
const OPENAI = compatible('openai-compatible', 'OPENAI', createOpenAICompatibleProvider);

/** Servers of one's own, which the guard is to let through. */
const allow = [GROQ, MISTRAL, OPENAI].flatMap(({ baseURL }) => (baseURL ? [endpointOf(baseURL)] : []));
const meta: Record<string, unknown> = { network: { allow } };

describe('the client across providers', { timeout: 90_000, meta }, () => {
  test('passes from Groq to Gemini', { tags: ['smoke', 'gemini'] }, () => answersInPlaceOf(GROQ, GEMINI));
  test('passes from Mistral to Groq', { tags: ['smoke', 'groq'] }, () => answersInPlaceOf(MISTRAL, GROQ));
  test('passes from Gemini to Mistral', { tags: ['smoke', 'mistral'] }, () =>
    answersInPlaceOf(GEMINI, MISTRAL),
  );
  test('passes from Groq to an OpenAI-compatible server', { tags: ['smoke', 'openai-compatible'] }, () =>
    answersInPlaceOf(GROQ, OPENAI),
  );
});

function compatible(name: string, variables: string, create: Create): Named {
  const [apiKey, baseURL, model] = ['API_KEY', 'BASE_URL', 'MODEL'].map(
    (variable) => process.env[`${variables}_${variable}`],
  );
  return { name, apiKey, baseURL, create: (options) => create({ ...options, baseURL, model }) };
}

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
