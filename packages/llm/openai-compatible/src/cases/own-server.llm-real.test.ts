// @module-tag loopback
import { createClient, type GenerateRequest, type StreamEvent } from '@drydock/llm';
import { SpendCap } from '@drydock/llm/spend';
import { outputSchema, streamStructured } from '@drydock/llm/structured';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createOpenAICompatibleProvider } from '../provider.js';
import { type Relay, startRelay } from './relay.fixture.js';

const {
  OPENAI_API_KEY: apiKey,
  OPENAI_BASE_URL: baseURL = '',
  OPENAI_MODEL: model,
  OPENAI_EMBEDDING_MODEL: embeddingModel,
} = process.env;
const meta: Record<string, unknown> = { network: { allow: baseURL ? [new URL(baseURL).host] : [] } };
const LONG: GenerateRequest = {
  messages: [{ role: 'user', content: 'Tell a long story about a harbour.' }],
  maxOutputTokens: 200,
  temperature: 0,
};

// What would cost money elsewhere, or takes a server that can be killed.
describe.skipIf(!baseURL)('a model on a server of one’s own', { timeout: 120_000, meta }, () => {
  const at = (address: string, name: string) =>
    createOpenAICompatibleProvider({ apiKey, baseURL: address, model, embeddingModel, name });
  const spendCap = SpendCap.fromEnvironment();
  const client = createClient({ providers: [at(baseURL, 'own')], spendCap, timeoutMs: 90_000 });
  const relays: Relay[] = [];
  const relay = async () => {
    const started = await startRelay(baseURL);
    relays.push(started);
    return started;
  };

  afterEach(async () => {
    for (const each of relays.splice(0)) await each.kill();
  });

  test('keeps to the limits of a list, which the strict mode of services forbids', async () => {
    const schema = outputSchema(
      z.object({
        colours: z
          .array(z.enum(['red', 'green', 'blue']))
          .min(2)
          .max(2),
      }),
    );
    const messages = [{ role: 'user', content: 'Which colours has light? Name all.' }] as const;
    const { value, dropped } = await client.generateStructured({
      messages,
      schema,
      maxOutputTokens: 100,
      temperature: 0,
    });
    expect([value.colours.length, dropped]).toEqual([2, []]);
  });

  test('streams a value piece by piece', async () => {
    const schema = outputSchema(z.object({ city: z.string().max(20), country: z.string().max(20) }));
    const messages = [{ role: 'user', content: 'Which city has the Eiffel Tower?' }] as const;
    const events = [];
    for await (const event of streamStructured(client, {
      messages,
      schema,
      maxOutputTokens: 100,
      temperature: 0,
    }))
      events.push(event.type);
    expect(events.length).toBeGreaterThan(3);
    expect(events.at(-1)).toBe('finish');
  });

  test('stops working on an answer that is given up', async () => {
    const leaving = new AbortController();
    const events: StreamEvent[] = [];
    const listening = async () => {
      for await (const event of client.stream(LONG, { signal: leaving.signal })) {
        events.push(event);
        if (events.length === 3) leaving.abort();
      }
    };
    await expect(listening()).rejects.toMatchObject({ kind: 'aborted', attempts: [{ outcome: 'aborted' }] });
    expect(events).toHaveLength(3);
    // With two places, one that still worked would be felt by the third.
    const answers = [1, 2, 3].map(() => client.generate({ ...LONG, maxOutputTokens: 4 }));
    expect((await Promise.all(answers)).map(({ finishReason }) => finishReason)).toEqual(
      Array(3).fill('length'),
    );
  });

  test('refuses what is too long for it, so that another provider is asked', async () => {
    const messages = [{ role: 'user', content: 'word '.repeat(9_000) }] as const;
    await expect(client.generate({ messages })).rejects.toMatchObject({
      kind: 'bad_request',
      scope: 'provider',
      retriable: false,
    });
  });

  test('refuses a wrong key', async () => {
    const other = createOpenAICompatibleProvider({ apiKey: 'not-a-key', baseURL, model });
    const { kind } = await other.generate({ ...LONG, maxOutputTokens: 1 }).catch((error) => error);
    // Not all servers of one's own have keys.
    expect(['auth', undefined]).toContain(kind);
  });

  test('answers at its second address while the first is killed', async () => {
    const [first, second] = [await relay(), await relay()];
    const both = createClient({
      providers: [at(first.baseURL, 'first'), at(second.baseURL, 'second')],
      retry: { perProvider: 1 },
      spendCap,
    });
    const under = both.generate(LONG);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.kill();
    const { provider, attempts } = await under;
    expect(provider).toBe('second');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['unavailable', 'ok']);
    expect((await both.generate({ ...LONG, maxOutputTokens: 4 })).provider).toBe('second');
  });

  test('is not asked again for a stream that broke off after its first event', async () => {
    const first = await relay();
    const broken = createClient({ providers: [at(first.baseURL, 'first'), at(baseURL, 'second')], spendCap });
    const seen: string[] = [];
    const listening = async () => {
      for await (const event of broken.stream(LONG)) {
        seen.push(event.type);
        if (seen.length === 2) await first.kill();
      }
    };
    await expect(listening()).rejects.toMatchObject({ kind: 'unavailable', provider: 'first' });
    expect(seen.length).toBeGreaterThanOrEqual(2);
  });
});
