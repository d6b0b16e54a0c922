import { describe, expect, test } from 'vitest';
import type { StreamEvent } from '../contract/index.js';
import { inPieces, jsonAnswer, type WireAnswer } from '../wire/index.js';
import { CANARIES } from './canaries.js';
import type { Expected } from './subject.js';
import { ANSWER, collect, REQUEST, type Suite, TEXT } from './suite.js';

/** Answers as servers and gateways send them beside the documents: in other forms, and failures that claim success. */
export function oddAnswerCases(suite: Suite): void {
  const { wire } = suite;
  const stream = wire.stream(ANSWER);
  const text = (stream.chunks ?? []).join('');
  const sent = (body: string, type = 'text/event-stream'): WireAnswer => ({
    headers: { 'content-type': type },
    chunks: [body],
  });
  const listen = async (answer: WireAnswer) => {
    const stage = await suite.stage(answer);
    const events = await suite.settle(stage, collect(stage.provider.stream(REQUEST)));
    await suite.expectRequests(stage, 1);
    return events;
  };

  describe('a stream', () => {
    test.each<[string, WireAnswer]>([
      ['with line ends of CR and LF, byte by byte', inPieces(sent(text.replaceAll('\n', '\r\n')), 1)],
      ['with line ends of CR alone', sent(text.replaceAll('\n', '\r'))],
      ['without a space after the colon', sent(text.replaceAll('data: ', 'data:'))],
      ['that begins with the mark of its byte order', sent(`\ufeff${text}`)],
      ['with events that say nothing', sent(`data: null\n\ndata:\n\n: \n\n${text}`)],
      ['without its last line end', sent(text.replace('data: [DONE]\n\n', '').trimEnd())],
      ['as a plain text', sent(text, 'text/plain')],
      ['in no form that is named', { chunks: [text] }],
      ['as one whole answer', wire.answer(ANSWER)],
      ['as one whole answer that claims to be a stream', sent((wire.answer(ANSWER).chunks ?? []).join(''))],
    ])('%s is whole', async (_, answer) => {
      const events = await listen(answer);
      expect(textOf(events)).toBe(TEXT);
      expect(events.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' });
    });
  });

  const down = { kind: 'unavailable', retriable: true } as const;
  const tooLong = { kind: 'bad_request', retriable: false, scope: 'provider' } as const;
  const words = `${CANARIES.prompt}: this endpoint's maximum context length is 10 tokens`;
  const failures: [string, object, Expected & { readonly scope?: string }][] = [
    ['a gateway whose service is down', { error: { message: CANARIES.prompt, code: 502 } }, down],
    ['a service that is overloaded', { error: { message: CANARIES.prompt, code: 529 } }, down],
    ['a conversation that is too long', { error: { message: words, code: 400 } }, tooLong],
    ['an error without any number', { error: { message: words, type: 'invalid_request_error' } }, tooLong],
    [
      'a limit of the moment',
      { error: { message: CANARIES.prompt, type: 'rate_limit_error' } },
      { kind: 'rate_limit', retriable: true },
    ],
  ];

  describe('a failure that claims success', () => {
    test.each(failures)('%s, whole', async (_, body, expected) => {
      const stage = await suite.stage(jsonAnswer(body));
      expect(await suite.rejection(stage, stage.provider.generate(REQUEST))).toMatchObject(expected);
    });

    test.each(failures)('%s, in place of a stream', async (_, body, expected) => {
      const stage = await suite.stage(jsonAnswer(body));
      expect(await suite.rejection(stage, collect(stage.provider.stream(REQUEST)))).toMatchObject(expected);
    });

    test.each(failures)('%s, by the name of its event alone', async (_, body, expected) => {
      const { error } = body as { error: object };
      const answer = sent(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
      const stage = await suite.stage(answer);
      expect(await suite.rejection(stage, collect(stage.provider.stream(REQUEST)))).toMatchObject(expected);
    });

    test('a page in place of a stream', async () => {
      const stage = await suite.stage(sent('<h1>Log in</h1>', 'text/html'));
      const error = await suite.rejection(stage, collect(stage.provider.stream(REQUEST)));
      expect(error).toMatchObject({ code: 'MALFORMED', retriable: true });
    });
  });

  describe('a refusal in words of other services', () => {
    const error = (message: string, more: object = {}) => ({ error: { message, ...more } });
    const filtered = { kind: 'content_filtered', retriable: false } as const;
    const refusals: [string, number, unknown, Expected & { readonly scope?: string }][] = [
      [
        'a quota that is used up',
        429,
        error('x', { code: 'insufficient_quota' }),
        { kind: 'quota', retriable: false },
      ],
      ['a prompt that a gateway flags', 403, error('Your input was flagged'), filtered],
      ['a filter of its own', 400, error("triggering the service's content management policy"), filtered],
      [
        'a list of what it does not take',
        422,
        { detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
        { kind: 'bad_request', retriable: false, scope: 'provider' },
      ],
    ];
    test.each(refusals)('%s', async (_, status, body, expected) => {
      const stage = await suite.stage(jsonAnswer(body, { status }));
      expect(await suite.rejection(stage, stage.provider.generate(REQUEST))).toMatchObject(expected);
    });
  });

  const odd = wire.odd ?? [];
  describe.runIf(odd.length > 0)('an answer of another server of the API', () => {
    test.each(odd.map((one) => [one.name, one] as const))('with %s, streamed', async (_, one) => {
      const events = await listen(one.stream);
      const calls = events.flatMap((event) => (event.type === 'tool_call' ? [event.toolCall] : []));
      expect(textOf(events)).toBe(one.text ?? '');
      expect(calls.map(({ name, arguments: args }) => [name, args])).toEqual(one.calls ?? []);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
    });

    const whole = odd.filter(({ answer }) => answer !== undefined);
    test.each(whole.map((one) => [one.name, one] as const))('with %s, whole', async (_, one) => {
      const stage = await suite.stage(one.answer as WireAnswer);
      const { text: found, toolCalls } = await suite.settle(stage, stage.provider.generate(REQUEST));
      expect(found).toBe(one.text ?? '');
      expect(toolCalls.map(({ name, arguments: args }) => [name, args])).toEqual(one.calls ?? []);
    });
  });
}

function textOf(events: readonly StreamEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}
