import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Provider } from '../contract/index.js';
import { outputSchema } from '../structured/index.js';
import type { WirePlayer } from '../wire/player.js';
import { startScriptedServer } from '../wire/scripted-server.js';
import { openAiServer } from './openai-server.js';
import { collect } from './suite.js';

/** What a provider for a server of one's own is created with; it gets no key. */
export interface StandIn {
  readonly baseURL: string;
  readonly model: string;
  readonly embeddingModel: string;
  readonly fetch: typeof globalThis.fetch;
}

const ASK = { messages: [{ role: 'user', content: 'Hello?' }] } as const;

/** Runs the cases of a local server that speaks OpenAI's chat API, as Ollama, llama.cpp and vLLM do; needs loopback. */
export function standInConformance(create: (standIn: StandIn) => Provider): void {
  describe('a server of one’s own', () => {
    let server: WirePlayer;
    let provider: Provider;
    const at = (path: string) =>
      create({
        baseURL: `${server.origin}${path}`,
        model: 'local',
        embeddingModel: 'local',
        fetch: server.fetch,
      });

    beforeAll(async () => {
      server = await startScriptedServer(openAiServer);
      provider = at('/v1');
    });

    afterAll(() => server.close());

    test('answers without a key', async () => {
      expect(await provider.generate(ASK)).toMatchObject({ text: 'pong', usage: { totalTokens: 5 } });
    });

    test('streams with its usage, which the request asks for', async () => {
      expect(await collect(provider.stream(ASK))).toEqual([
        { type: 'text', text: 'po' },
        { type: 'text', text: 'ng' },
        expect.objectContaining({ type: 'finish', finishReason: 'stop', model: 'local' }),
      ]);
    });

    test('streams a tool call whose parts have no names', async () => {
      const tools = [{ name: 'add', parameters: { type: 'object' } }];
      const [call] = await collect(provider.stream({ ...ASK, tools }));
      expect(call).toEqual({
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

    test('lists its models', async () => {
      expect(await provider.listModels()).toEqual([{ id: 'local' }]);
      expect(await provider.healthCheck()).toMatchObject({ healthy: true });
    });

    test('makes vectors, where the provider has them', async () => {
      const { vectors = [] } = (await provider.embed?.({ texts: ['a', 'b'] })) ?? {};
      const shapes = vectors.map(([first, ...others]) => [first, others.length]);
      expect(shapes).toEqual(
        provider.embed
          ? [
              [0, 127],
              [1, 127],
            ]
          : [],
      );
    });

    test('says what is wrong with an address that does not end at the version', async () => {
      expect(await at('/api').healthCheck()).toMatchObject({
        healthy: false,
        reason: expect.stringContaining('`baseURL`'),
      });
    });
  });
}
