import { describe, expect, test } from 'vitest';
import { inPieces } from '../wire/index.js';
import { ANSWER, REQUEST, type Suite, TEXT } from './suite.js';

/** Whole answers. */
export function answerCases(suite: Suite): void {
  const { wire } = suite;
  const ask = async (answer = wire.answer(ANSWER)) => {
    const stage = await suite.stage(answer);
    const result = await suite.settle(stage, stage.provider.generate(REQUEST));
    await suite.expectRequests(stage, 1);
    return result;
  };

  describe('an answer', () => {
    test('has a text, an end, and who gave it', async () => {
      const result = await ask();
      expect(result).toMatchObject({ text: TEXT, toolCalls: [], finishReason: 'stop' });
      expect(result.provider).toBe(suite.subject.name);
      expect(result.model).toEqual(expect.any(String));
      expect(result.responseId).toEqual(expect.any(String));
    });

    test('has its usage', async () => {
      expect((await ask()).usage).toMatchObject({ inputTokens: 12, outputTokens: 5, totalTokens: 17 });
    });

    test('that reached its limit says so', async () => {
      const { finishReason } = await ask(wire.answer({ ...ANSWER, finishReason: 'length' }));
      expect(finishReason).toBe('length');
    });

    test('that ended for an unknown reason is an answer, with the reason beside it', async () => {
      const { text, finishReason, rawFinishReason } = await ask(
        wire.answer({ ...ANSWER, unknownFinish: true }),
      );
      expect([text, finishReason]).toEqual([TEXT, 'other']);
      expect(rawFinishReason).toEqual(expect.any(String));
    });

    test('without a word is an empty text', async () => {
      expect((await ask(wire.answer({ ...ANSWER, texts: [''] }))).text).toBe('');
    });

    test('may ask for several tools', async () => {
      const toolCalls = [
        { id: 'call00001', name: 'weather', arguments: { place: 'Ghent', days: [1, 2] } },
        { id: 'call00002', name: 'time', arguments: {} },
      ];
      const result = await ask(wire.answer({ ...ANSWER, texts: [], toolCalls, finishReason: 'tool_calls' }));
      expect(result.finishReason).toBe('tool_calls');
      expect(result.toolCalls.map(({ name, arguments: args }) => [name, args])).toEqual(
        toolCalls.map(({ name, arguments: args }) => [name, args]),
      );
      expect(new Set(result.toolCalls.map(({ id }) => id)).size).toBe(2);
    });

    test.each([
      ['compressed', { ...wire.answer(ANSWER), encoding: 'gzip' } as const],
      ['in pieces that tear characters apart', inPieces(wire.answer(ANSWER), 3)],
      ['late', { ...wire.answer(ANSWER), headersAfterMs: 50 }],
      ['in a slow drip', { ...inPieces(wire.answer(ANSWER), 64), chunkEveryMs: 5 }],
      ['with a header of its own', { ...wire.answer(ANSWER), headers: { ...JSON_HEADERS, 'x-more': '1' } }],
    ])('that comes %s is whole', async (_, answer) => {
      expect((await ask(answer)).text).toBe(TEXT);
    });

    test('of many calls at once is that of each', async () => {
      const stage = await suite.stageFor((_, index) =>
        wire.answer({ ...ANSWER, texts: [`answer ${index}`] }),
      );
      const calls = Array.from({ length: 20 }, () => stage.provider.generate(REQUEST));
      const results = await suite.settle(stage, Promise.all(calls));
      expect(new Set(results.map(({ text }) => text)).size).toBe(20);
      await suite.expectRequests(stage, 20);
    });
  });
}

const JSON_HEADERS = { 'content-type': 'application/json' };
