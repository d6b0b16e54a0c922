import { describe, expect, test } from 'vitest';
import { createClient } from '../client/create-client.js';
import type { Message, ToolCall } from '../contract/index.js';
import type { WireAnswer } from '../wire/index.js';
import { ANSWER, collect, REQUEST, type Suite } from './suite.js';

const parameters = { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] };
const TOOL = { name: 'weather', parameters };
const asked = { ...REQUEST, tools: [TOOL] };
const call = (id: string, args: unknown = { place: 'Ghent' }): ToolCall => ({
  id,
  name: 'weather',
  arguments: args,
});

/** Calls of tools: their ids and their arguments. */
export function toolCases(suite: Suite): void {
  const { wire } = suite;
  const calling = (...toolCalls: ToolCall[]): WireAnswer =>
    wire.answer({ ...ANSWER, texts: [], toolCalls, finishReason: 'tool_calls' });
  const streaming = (...toolCalls: ToolCall[]): WireAnswer =>
    wire.stream({ ...ANSWER, texts: [], toolCalls, finishReason: 'tool_calls' });

  describe('a call of a tool', () => {
    test.each(['whole', 'streamed'])('has an id of its own, %s', async (how) => {
      const calls = [call('same00001'), call('same00001')];
      const stage = await suite.stage(how === 'whole' ? calling(...calls) : streaming(...calls));
      const events =
        how === 'streamed' ? await suite.settle(stage, collect(stage.provider.stream(asked))) : [];
      const found =
        how === 'whole'
          ? (await suite.settle(stage, stage.provider.generate(asked))).toolCalls
          : events.flatMap((event) => (event.type === 'tool_call' ? [event.toolCall] : []));
      expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    });

    test('whose arguments are null has none', async () => {
      const stage = await suite.stage(calling({ id: 'call00001', name: 'now', arguments: null }));
      const { toolCalls } = await suite.settle(stage, stage.provider.generate(asked));
      expect(toolCalls[0]?.arguments).toEqual({});
    });

    test.each(['whole', 'streamed'])('whose arguments do not fit is a failure, %s', async (how) => {
      const wrong = call('call00001', { place: 7 });
      const stage = await suite.stage(how === 'whole' ? calling(wrong) : streaming(wrong));
      const error = await suite.rejection(
        stage,
        how === 'whole' ? stage.provider.generate(asked) : collect(stage.provider.stream(asked)),
      );
      expect(error).toMatchObject({
        kind: 'invalid_output',
        code: 'TOOL_ARGUMENTS',
        retriable: true,
        usage: { totalTokens: 17 },
      });
    });

    test('whose arguments do not fit is sent back once, with what is wrong', async () => {
      const stage = await suite.stage(calling(call('call00001', {})), calling(call('call00002')));
      const client = createClient({ providers: [stage.provider], clock: stage.clock, random: () => 0 });
      const { toolCalls } = await suite.settle(stage, client.generate(asked));
      expect(toolCalls[0]?.arguments).toEqual({ place: 'Ghent' });
      expect(stage.player.exchanges[1]?.request.body).toContain('does not fit its JSON schema');
    });

    test('of another provider, whose ids are long or repeat, can be told to this one', async () => {
      const long = `call-1#thought=${'x'.repeat(2_000)}`;
      const turns = [long, 'weather-0', 'weather-0'].flatMap((id): Message[] => [
        { role: 'assistant', content: '', toolCalls: [call(id)] },
        { role: 'tool', toolCallId: id, name: 'weather', content: '"grey"' },
      ]);
      const stage = await suite.stage(wire.answer(ANSWER));
      const messages = [...REQUEST.messages, ...turns];
      await suite.settle(stage, stage.provider.generate({ ...asked, messages }));
      const ids = idsIn(stage.player.exchanges[0]?.request.body ?? '');
      expect(new Set(ids.called).size).toBe(3);
      expect(ids.answered).toEqual(ids.called);
      for (const id of ids.called) expect(id.length).toBeLessThanOrEqual(40);
    });
  });
}

/** The ids of the calls in a body, and those of their results, in either API. */
function idsIn(body: string): { called: string[]; answered: string[] } {
  const { messages = [], contents = [] } = JSON.parse(body);
  const parts = contents.flatMap(({ parts }: { parts: object[] }) => parts);
  const ids = (values: readonly (string | undefined)[]) => values.filter((id) => id !== undefined);
  return {
    called: ids([
      ...messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id }: { id: string }) => id)),
      ...parts.map(({ functionCall: called }: { functionCall?: { id: string } }) => called?.id),
    ]),
    answered: ids([
      ...messages.map(({ tool_call_id: id }: { tool_call_id?: string }) => id),
      ...parts.map(({ functionResponse: result }: { functionResponse?: { id: string } }) => result?.id),
    ]),
  };
}
