import { describe, expect, test } from 'vitest';
import type { StreamEvent } from '../contract/index.js';
import { inPieces, type WireAnswer } from '../wire/index.js';
import { ANSWER, collect, REQUEST, type Stage, type Suite, TEXT } from './suite.js';

/** Answers in pieces. */
export function streamCases(suite: Suite): void {
  const { wire } = suite;
  const listen = async (answer: WireAnswer): Promise<[StreamEvent[], Stage]> => {
    const stage = await suite.stage(answer);
    const events = await suite.settle(stage, collect(stage.provider.stream(REQUEST)));
    await suite.expectRequests(stage, 1);
    return [events, stage];
  };

  describe('a stream', () => {
    test('brings the texts in their order and ends with the facts of a whole answer', async () => {
      const [events] = await listen(wire.stream(ANSWER));
      expect(textsOf(events)).toEqual(ANSWER.texts);
      expect(events.at(-1)).toMatchObject({
        type: 'finish',
        finishReason: 'stop',
        usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17 },
        provider: suite.subject.name,
        model: expect.any(String),
      });
      expect(events.filter(({ type }) => type === 'finish')).toHaveLength(1);
    });

    test('that reached its limit says so', async () => {
      const [events] = await listen(wire.stream({ ...ANSWER, finishReason: 'length' }));
      expect(events.at(-1)).toMatchObject({ type: 'finish', finishReason: 'length' });
    });

    test('that ended for an unknown reason is an answer, with the reason beside it', async () => {
      const [events] = await listen(wire.stream({ ...ANSWER, unknownFinish: true }));
      expect(textsOf(events)).toEqual(ANSWER.texts);
      expect(events.at(-1)).toMatchObject({ finishReason: 'other', rawFinishReason: expect.any(String) });
    });

    test('whose text goes on after a finish reason is whole', async () => {
      const stream = wire.stream({ ...ANSWER, finishWithEachPiece: true });
      const [events] = await listen({ ...stream, chunkEveryMs: 200 });
      expect(textsOf(events)).toEqual(ANSWER.texts);
      expect(events.filter(({ type }) => type === 'finish')).toHaveLength(1);
    });

    test('brings whole calls of tools', async () => {
      const toolCalls = [
        { id: 'call00001', name: 'weather', arguments: { place: 'Ghent ✓' } },
        { id: 'call00002', name: 'time', arguments: {} },
      ];
      const [events] = await listen(wire.stream({ ...ANSWER, toolCalls, finishReason: 'tool_calls' }));
      const called = events.flatMap((event) => (event.type === 'tool_call' ? [event.toolCall] : []));
      expect(called.map(({ name, arguments: args }) => [name, args])).toEqual(
        toolCalls.map(({ name, arguments: args }) => [name, args]),
      );
      expect(events.at(-1)).toMatchObject({ type: 'finish', finishReason: 'tool_calls' });
    });

    test.each<[string, WireAnswer]>([
      ['compressed', { ...wire.stream(ANSWER), encoding: 'gzip' }],
      ['in pieces that tear characters and events apart', inPieces(wire.stream(ANSWER), 3)],
      ['in one piece', inPieces(wire.stream(ANSWER), 1_000_000)],
      ['in a slow drip', { ...wire.stream(ANSWER), chunkEveryMs: 20 }],
      ['late', { ...wire.stream(ANSWER), headersAfterMs: 50 }],
    ])('that comes %s is whole', async (_, answer) => {
      const [events] = await listen(answer);
      expect(textsOf(events).join('')).toBe(TEXT);
      expect(events.at(-1)?.type).toBe('finish');
    });

    test('with comments, names of events and other line ends is whole', async () => {
      const { chunks = [], ...stream } = wire.stream(ANSWER);
      const dressed = chunks.map((chunk) => `: keep-alive\n\nevent: message\nid: 1\n${String(chunk)}`);
      const [events] = await listen({
        ...stream,
        chunks: dressed.map((one) => one.replaceAll('\n', '\r\n')),
      });
      expect(textsOf(events).join('')).toBe(TEXT);
      expect(events.at(-1)?.type).toBe('finish');
    });

    test('sends what a whole answer is asked with', async () => {
      const [, { player }] = await listen(wire.stream(ANSWER));
      expect(player.exchanges[0]?.request.body).toContain('What is');
    });

    test('that is not iterated sends nothing', async () => {
      const stage = await suite.stage();
      stage.provider.stream(REQUEST);
      await suite.expectRequests(stage, 0);
    });

    test('that is left early gives the request up', async () => {
      const stage = await suite.stage({ ...wire.stream(ANSWER), ending: 'stall' });
      const first = async () => {
        for await (const event of stage.provider.stream(REQUEST)) return event;
        return undefined;
      };
      expect(await suite.settle(stage, first())).toMatchObject({ type: 'text' });
      await suite.expectRequests(stage, 1);
      expect(stage.player.exchanges[0]?.end).toBe('given up');
    });

    test('is read to the end of its body, so that the connection can serve again', async () => {
      const [, { player }] = await listen({ ...wire.stream(ANSWER), chunkEveryMs: 5 });
      expect(player.exchanges[0]?.end).toBe('played');
    });

    test('whose connection stays open after the end is at its end', async () => {
      const [events] = await listen({ ...wire.stream(ANSWER), ending: 'stall' });
      expect(events.at(-1)?.type).toBe('finish');
    });
  });
}

function textsOf(events: readonly StreamEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
}
