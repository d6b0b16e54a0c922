import { afterAll, describe, expect, test } from 'vitest';
import { createClient } from '../client/create-client.js';
import type { GenerateRequest, OutputSchema, Provider } from '../contract/index.js';
import { SpendCap } from '../spend/spend-cap.js';
import { collect } from './suite.js';

/** A provider whose service is really asked. */
export interface RealCallOptions {
  /** The provider, with its real key. */
  readonly provider: Provider;
  /** The same with a key that is wrong; absent where a server of one's own takes any. */
  readonly withWrongKey?: Provider | undefined;
  /** Base URL of a server of one's own, which the guard is to let through. @default none */
  readonly baseURL?: string | undefined;
  /** Vitest tags of the one call that proves the provider, so that a run can pick it. @default none */
  readonly smokeTags?: readonly string[] | undefined;
  /** Whether the structured answer carries them too. @default false */
  readonly structuredSmoke?: boolean | undefined;
}

const PING: GenerateRequest = {
  messages: [{ role: 'user', content: 'Reply with the single word pong.' }],
  maxOutputTokens: 512,
  temperature: 0,
};
const SCHEMA: OutputSchema<{ readonly city: string; readonly country: string }> = {
  name: 'place',
  jsonSchema: {
    type: 'object',
    properties: { city: { type: 'string' }, country: { type: 'string' } },
    required: ['city', 'country'],
    additionalProperties: false,
  },
};

/** Few and short calls of the service itself, under the spend cap of the run. */
export function realCalls(options: RealCallOptions): void {
  const { provider, withWrongKey, baseURL, smokeTags = [], structuredSmoke = false } = options;
  const meta: Record<string, unknown> = { network: { allow: baseURL ? [endpointOf(baseURL)] : [] } };
  const spendCap = SpendCap.fromEnvironment();
  const client = createClient({ providers: [provider], spendCap, timeoutMs: 60_000 });

  describe(`real calls of ${provider.name}`, { timeout: 90_000, meta }, () => {
    afterAll(() => {
      const { calls, tokens } = spendCap.spent;
      console.info(`${provider.name} ${provider.model}: ${calls} calls, ${tokens} tokens`);
    });

    test('answers', { tags: [...smokeTags] }, async () => {
      const { text, finishReason, usage } = await client.generate(PING);
      expect(text.toLowerCase()).toContain('pong');
      expect(finishReason).toBe('stop');
      expect(usage.totalTokens).toBeGreaterThan(0);
    });

    test('streams', async () => {
      const events = await collect(client.stream(PING));
      const text = events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');
      expect(text.toLowerCase()).toContain('pong');
      expect(events.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' });
    });

    test('answers with a value of a schema', { tags: structuredSmoke ? [...smokeTags] : [] }, async () => {
      const messages = [{ role: 'user', content: 'Which city has the Eiffel Tower?' }] as const;
      const { value } = await client.generateStructured({
        messages,
        schema: SCHEMA,
        maxOutputTokens: 1_024,
        temperature: 0,
      });
      expect(value).toEqual({
        city: expect.stringMatching(/paris/i),
        country: expect.stringMatching(/france/i),
      });
    });

    if (provider.embed)
      test('makes vectors', async () => {
        const { vectors } = await client.embed({ texts: ['a harbour', 'a dry dock'] });
        expect(vectors.map(({ length }) => length > 100)).toEqual([true, true]);
      });

    test('lists its models and checks its health without spending', async () => {
      const models = await provider.listModels({ timeoutMs: 30_000 });
      expect(models.map(({ id }) => id)).toContain(provider.model);
      expect(await provider.healthCheck({ timeoutMs: 30_000 })).toMatchObject({ healthy: true });
    });

    if (withWrongKey)
      test('refuses a wrong key', async () => {
        await expect(withWrongKey.listModels({ timeoutMs: 30_000 })).rejects.toMatchObject({ kind: 'auth' });
      });
  });
}

function endpointOf(baseURL: string): string {
  const { hostname, port, protocol } = new URL(baseURL);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
