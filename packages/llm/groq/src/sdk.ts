import { toLlmError } from '@drydock/llm';
import { guardedFetch } from '@drydock/llm/provider-kit';
import type { Groq } from 'groq-sdk';
import type { GroqOptions } from './options.js';

/** Where Groq itself serves OpenAI's chat API. */
export const GROQ_BASE_URL = 'https://api.groq.com/openai/v1';
/** The longest time of a timer, since the `Caller` keeps the deadline, over the body too. */
const NEVER_MS = 2_147_483_647;

/**
 * Loads the SDK and sets it up: no retries, no timeout, no log, and nothing of the environment.
 *
 * @throws LlmError of kind `auth` without a key for Groq itself.
 */
export async function createSdk({ apiKey, baseURL = GROQ_BASE_URL, fetch }: GroqOptions): Promise<Groq> {
  if (!apiKey && baseURL === GROQ_BASE_URL) {
    const detail = 'no key was given; pass `apiKey`, mostly from GROQ_API_KEY';
    throw toLlmError('auth', { provider: 'groq', detail, code: 'NO_KEY' });
  }
  const { default: Groq } = await import('groq-sdk');
  return new Groq({
    apiKey: apiKey ?? '',
    baseURL,
    fetch: guardedFetch({ provider: 'groq', baseURL, fetch }),
    maxRetries: 0,
    timeout: NEVER_MS,
    logLevel: 'off',
    defaultHeaders: headers(apiKey),
  });
}

/** Headers that undo those which the SDK adds from a variable of the environment; null removes a header. */
function headers(apiKey: string | undefined): Record<string, string | null> | undefined {
  const lines = process.env.GROQ_CUSTOM_HEADERS?.split('\n') ?? [];
  const names = lines.map((line) => line.split(':', 1)[0]?.trim() ?? '').filter(Boolean);
  if (apiKey && names.length === 0) return undefined;
  return {
    ...Object.fromEntries(names.map((name) => [name, null])),
    Authorization: apiKey ? `Bearer ${apiKey}` : null,
  };
}
