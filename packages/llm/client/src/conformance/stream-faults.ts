import { describe, expect, test } from 'vitest';
import type { CallOptions, LlmError, StreamEvent } from '../contract/index.js';
import type { WireAnswer } from '../wire/index.js';
import { CANARIES, ECHO } from './canaries.js';
import { refusal } from './refusals.js';
import type { Expected } from './subject.js';
import { ANSWER, REQUEST, SHORT_MS, type Stage, type Suite } from './suite.js';

const BROKEN: Expected = { kind: 'unavailable', retriable: true };
const TRUNCATED: Expected = { kind: 'truncated', retriable: true };

/** Cases of streams that begin with success and then fail. */
export function streamFaultCases(suite: Suite): void {
  const { wire } = suite;
  const { usage: _, ...withoutUsage } = ANSWER;
  const { finishReason: __, ...withoutFinish } = ANSWER;

  const listen = async (stage: Stage, options?: CallOptions): Promise<[LlmError, StreamEvent[]]> => {
    const events: StreamEvent[] = [];
    const listening = async () => {
      for await (const event of stage.provider.stream(REQUEST, options)) events.push(event);
    };
    const error = await suite.rejection(stage, listening());
    expect(events.map(({ type }) => type)).not.toContain('finish');
    return [error, events];
  };
  const begun = begin(wire.stream(ANSWER));

  describe('a stream fails', () => {
    test.each(wire.errors.map((one) => [one.status, one.code ?? 'without a code', one] as const))(
      'with a refusal, %i %s',
      async (status, _, one) => {
        const stage = await suite.stage(refusal(one));
        const [error, events] = await listen(stage);
        expect(error).toMatchObject({ kind: one.kind, retriable: one.retriable, status });
        expect(events).toEqual([]);
        await suite.expectRequests(stage, 1);
      },
    );

    test.each<[string, WireAnswer, Expected]>([
      ['with an error event', wire.streamError.answer(ECHO), wire.streamError],
      ['without a finish reason', wire.stream(withoutFinish), TRUNCATED],
      ['without an event', { ...begun, chunks: [] }, TRUNCATED],
      ['without its end', begun, TRUNCATED],
      ['without usage', wire.stream(withoutUsage), { kind: 'invalid_output', retriable: false }],
      ['when it is reset', { ...begun, ending: 'reset' }, BROKEN],
      ['when it is cut off', { ...begun, ending: 'cut' }, BROKEN],
      ['with an event that is not JSON', malformed(begun), { kind: 'invalid_output', retriable: true }],
      [
        'with an unknown finish reason and no text',
        wire.stream({ ...ANSWER, texts: [], unknownFinish: true }),
        { kind: 'invalid_output', retriable: true },
      ],
    ])('%s', async (_, answer, { kind, retriable }) => {
      const stage = await suite.stage(answer);
      const [error] = await listen(stage);
      expect(error).toMatchObject({ kind, retriable });
      await suite.expectRequests(stage, 1);
    });

    const silent = { ...begun, ending: 'stall' } as const;
    const comments = { ...silent, chunks: Array(9).fill(': still here\n\n'), chunkEveryMs: SHORT_MS / 4 };
    test.each<[string, WireAnswer, CallOptions, string]>([
      ['has no content in time', { ...silent, chunks: [] }, { firstEventMs: SHORT_MS }, 'FIRST_EVENT'],
      ['has no status in time', { headersAfterMs: 'never' }, { firstEventMs: SHORT_MS }, 'FIRST_EVENT'],
      ['has comments alone', comments, { firstEventMs: SHORT_MS }, 'FIRST_EVENT'],
      ['falls silent after its first content', silent, { idleMs: SHORT_MS }, 'IDLE'],
    ])('where it %s, long before its deadline', async (_, answer, options, code) => {
      const stage = await suite.stage(answer);
      const [error, events] = await listen(stage, { timeoutMs: 50 * SHORT_MS, ...options });
      expect(error).toMatchObject({ kind: 'timeout', code, retriable: true });
      expect(events).toHaveLength(code === 'IDLE' ? 1 : 0);
      if (suite.virtual) expect(stage.clock.now()).toBe(SHORT_MS);
      await suite.expectRequests(stage, 1);
    });

    test.each<[string, WireAnswer, number]>([
      ['before its first event', { ...begun, chunks: [], ending: 'stall' }, 0],
      ['after its first event', { ...begun, ending: 'stall' }, 1],
      ['before its status', { headersAfterMs: 'never' }, 0],
    ])('at the deadline when it falls silent %s', async (_, answer, count) => {
      const stage = await suite.stage(answer);
      const [error, events] = await listen(stage, { timeoutMs: SHORT_MS });
      expect(error).toMatchObject({ kind: 'timeout', retriable: true });
      expect(events).toHaveLength(count);
      await suite.expectRequests(stage, 1);
      expect(stage.player.exchanges[0]?.end).toBe('given up');
    });

    test('when the caller aborts it: it does not look like a short answer', async () => {
      const stage = await suite.stage({ ...begun, ending: 'stall' });
      const { signal } = suite.abortAfter(stage, SHORT_MS);
      const [error, events] = await listen(stage, { signal });
      expect(error).toMatchObject({ kind: 'aborted', retriable: false });
      expect(events).toHaveLength(1);
      await suite.expectRequests(stage, 1);
    });
  });
}

/** The stream as far as its first text. */
function begin(answer: WireAnswer): WireAnswer {
  const chunks = answer.chunks ?? [];
  const first = chunks.findIndex((chunk) => String(chunk).includes(CANARIES.answer));
  return { ...answer, chunks: chunks.slice(0, first + 1) };
}

function malformed(answer: WireAnswer): WireAnswer {
  return { ...answer, chunks: [...(answer.chunks ?? []), `data: {"text": ${CANARIES.answer}\n\n`] };
}
