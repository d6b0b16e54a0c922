import { describe, expect, test } from 'vitest';
import type { WireAnswer } from '../wire/index.js';
import { CANARIES } from './canaries.js';
import type { Expected } from './subject.js';
import { ANSWER, REQUEST, type Suite } from './suite.js';

const JSON_HEADERS = { 'content-type': 'application/json' };
const MALFORMED: Expected = { kind: 'invalid_output', retriable: true };
const BROKEN: Expected = { kind: 'unavailable', retriable: true };

/** Answers that claim success and are none. */
export function faultCases(suite: Suite): void {
  const { wire } = suite;
  const { usage: _, ...withoutUsage } = ANSWER;
  const { finishReason: __, ...withoutFinish } = ANSWER;
  const half = halfOf(wire.answer(ANSWER));
  const json = (text: string): WireAnswer => ({ headers: JSON_HEADERS, chunks: [text] });

  const cases: [name: string, answer: WireAnswer, expected: Expected & { code?: string }][] = [
    ['malformed JSON', json(`{"text": "${CANARIES.answer}`), MALFORMED],
    ['no body', json(''), MALFORMED],
    ['null', json('null'), MALFORMED],
    ['another JSON object', json('{}'), MALFORMED],
    [
      'a page of a proxy',
      { headers: { 'content-type': 'text/html' }, chunks: ['<h1>Log in</h1>'] },
      MALFORMED,
    ],
    ['no candidate', wire.empty, MALFORMED],
    ['no finish reason', wire.answer(withoutFinish), { kind: 'truncated', retriable: true }],
    [
      'an unknown finish reason and no text',
      wire.answer({ ...ANSWER, texts: [], unknownFinish: true }),
      MALFORMED,
    ],
    ['no usage', wire.answer(withoutUsage), { kind: 'invalid_output', retriable: false }],
    ['a body that is cut off', { ...half, ending: 'cut' }, BROKEN],
    ['a connection that is reset in the body', { ...half, ending: 'reset' }, BROKEN],
    ['a connection that is reset before the status', { ending: 'reset before headers' }, BROKEN],
  ];

  describe('an answer of', () => {
    test.each(cases)('%s is a failure', async (_, answer, expected) => {
      const stage = await suite.stage(answer);
      const error = await suite.rejection(stage, stage.provider.generate(REQUEST));
      expect(error).toMatchObject(expected);
      await suite.expectRequests(stage, 1);
    });

    test.each(wire.blocked.map((one) => [one.name, one] as const))('%s is a failure', async (_, one) => {
      const stage = await suite.stage(one.answer);
      const error = await suite.rejection(stage, stage.provider.generate(REQUEST));
      expect(error).toMatchObject({ kind: one.kind, retriable: one.retriable });
    });
  });
}

function halfOf(answer: WireAnswer): WireAnswer {
  const whole = Buffer.concat((answer.chunks ?? []).map((chunk) => Buffer.from(chunk)));
  return { ...answer, chunks: [whole.subarray(0, whole.length / 2)] };
}
