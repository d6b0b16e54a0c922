import { describe, expect, test } from 'vitest';
import type { GenerateRequest } from '../contract/index.js';
import { CANARIES } from './canaries.js';
import { ANSWER, REQUEST, type Stage, type Suite } from './suite.js';

const TOOL = {
  name: 'weather',
  description: 'The weather of a place.',
  parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
};

/** What is sent; every request of every case is compared with the document besides. */
export function requestCases(suite: Suite): void {
  const sent = async (request: GenerateRequest): Promise<[string, Stage]> => {
    const stage = await suite.stage(suite.wire.answer(ANSWER));
    await suite.settle(stage, stage.provider.generate(request));
    await suite.expectRequests(stage, 1);
    return [stage.player.exchanges[0]?.request.body ?? '', stage];
  };

  describe('a request', () => {
    test('holds the conversation and the instruction above it', async () => {
      const [body] = await sent(REQUEST);
      expect(body).toContain(CANARIES.prompt);
      expect(body).toContain(CANARIES.system);
    });

    test('comes as a URL and options, which the fetch of another library understands too', async () => {
      const stage = await suite.stageWith(
        (fetch) => (input, init) => {
          expect([typeof input, typeof init?.body]).toEqual(['string', 'string']);
          return fetch(input, init);
        },
        suite.wire.answer(ANSWER),
      );
      await suite.settle(stage, stage.provider.generate(REQUEST));
      await suite.expectRequests(stage, 1);
    });

    test('carries the key in a header alone', async () => {
      const [body, { player }] = await sent(REQUEST);
      const { headers, path } = player.exchanges[0]?.request ?? { headers: {}, path: '' };
      expect(Object.values(headers).filter((value) => value.includes(CANARIES.key))).toHaveLength(1);
      expect(path + body).not.toContain(CANARIES.key);
    });

    test('without an instruction holds none', async () => {
      const [body] = await sent({ messages: REQUEST.messages });
      expect(body).not.toContain('system');
    });

    test('holds every option', async () => {
      const options = { maxOutputTokens: 321, temperature: 0.25, stop: ['END-MARK'] };
      const [body] = await sent({ ...REQUEST, ...options });
      for (const value of ['321', '0.25', 'END-MARK']) expect(body).toContain(value);
    });

    test('holds the further options, and those of the service itself', async () => {
      const own = { [suite.subject.name]: suite.subject.ownOptions ?? {} };
      const [body] = await sent({
        ...REQUEST,
        tools: [TOOL],
        topP: 0.75,
        seed: 4_321,
        toolChoice: { name: 'weather' },
        reasoning: { effort: 'low' },
        safety: [{ category: 'hate', threshold: 'high' }],
        providerOptions: { ...own, another: { unknown: 'canary' } },
      });
      for (const value of ['0.75', '4321', 'low', ...Object.keys(own[suite.subject.name] ?? {})])
        expect(body).toContain(value);
      expect(body).not.toContain('canary"');
    });

    test.each(['auto', 'none', 'required'] as const)(
      'holds %s for the choice of a tool',
      async (toolChoice) => {
        const [body] = await sent({ ...REQUEST, tools: [TOOL], toolChoice });
        expect(body).toMatch(/tool_?choice|toolConfig/i);
      },
    );

    test('with something else than a text is refused clearly', async () => {
      const stage = await suite.stage();
      const parts = { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }] } as never;
      const error = await suite.rejection(stage, stage.provider.generate(parts));
      expect(error).toMatchObject({ kind: 'bad_request', code: 'CONTENT', retriable: false });
      expect(error.message).toContain('messages[0].content');
      await suite.expectRequests(stage, 0);
    });

    test('holds the tools', async () => {
      const [body] = await sent({ ...REQUEST, tools: [TOOL] });
      for (const value of [TOOL.name, TOOL.description, 'place']) expect(body).toContain(value);
    });

    test('holds earlier turns, calls of tools and their results', async () => {
      const call = { id: 'call_1', name: 'weather', arguments: { place: 'Ghent' } };
      const [body] = await sent({
        tools: [TOOL],
        messages: [
          { role: 'user', content: 'first turn' },
          { role: 'assistant', content: '', toolCalls: [call] },
          { role: 'tool', toolCallId: 'call_1', name: 'weather', content: '{"sky":"grey"}' },
          { role: 'assistant', content: 'It is grey.' },
          { role: 'user', content: 'last turn' },
        ],
      });
      for (const value of ['first turn', 'Ghent', 'grey', 'It is grey.', 'last turn'])
        expect(body).toContain(value);
    });

    test('names the model of the call', async () => {
      const [body, { player, provider }] = await sent({ ...REQUEST, model: 'another-model' });
      const { path = '' } = player.exchanges[0]?.request ?? {};
      expect(path + body).toContain('another-model');
      expect(path + body).not.toContain(provider.model);
    });
  });
}
