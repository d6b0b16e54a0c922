import { describe, expect, test } from 'vitest';
import type { ClientOptions } from '../client/client-options.js';
import { createClient } from '../client/create-client.js';
import { jsonAnswer, type WireAnswer } from '../wire/index.js';
import { expectSilent } from './canaries.js';
import { ANSWER, collect, REQUEST, SHORT_MS, type Stage, type Suite, TEXT } from './suite.js';

const DOWN: WireAnswer = { status: 503 };

/** A refusal that only its message explains, with a number where others have a code. */
function refusalOf(message: string): WireAnswer {
  return jsonAnswer({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }, { status: 400 });
}

/** The provider behind the client, which takes it for two. */
export function clientCases(suite: Suite): void {
  const { wire } = suite;
  const clientOf = ({ provider, clock }: Stage, options: Partial<ClientOptions> = {}) =>
    createClient({
      // The second is another one to the client, before the same server.
      providers: [provider, provider],
      clock,
      random: () => 0,
      retry: { perProvider: 1 },
      ...options,
    });

  describe('behind the client', () => {
    test('a provider that is down is replaced', async () => {
      const stage = await suite.stage(DOWN, wire.answer(ANSWER));
      const answer = await suite.settle(stage, clientOf(stage).generate(REQUEST));
      expect(answer).toMatchObject({ text: TEXT, usage: { totalTokens: 17 } });
      expect(answer.attempts.map(({ outcome }) => outcome)).toEqual(['unavailable', 'ok']);
      await suite.expectRequests(stage, 2);
    });

    test.each<[string, WireAnswer]>([
      [
        'that does not know the model',
        jsonAnswer({ error: { message: 'gone', code: 404 } }, { status: 404 }),
      ],
      ['whose model is retired', refusalOf('The model `old` has been decommissioned.')],
      ['whose context is too short', refusalOf("This model's maximum context length is 8 tokens.")],
      ['that takes less at once', { status: 413 }],
      ['that does not take the schema', refusalOf('response_format: keyword "minItems" is not supported')],
    ])('a provider %s is replaced', async (_, refused) => {
      const stage = await suite.stage(refused, wire.answer(ANSWER));
      const answer = await suite.settle(stage, clientOf(stage).generate(REQUEST));
      expect(answer.attempts.map(({ outcome }) => outcome)).toEqual(['bad_request', 'ok']);
    });

    test('a request that no service could take is not sent again', async () => {
      const stage = await suite.stage(refusalOf('messages: must not be empty'));
      const error = await suite.rejection(stage, clientOf(stage).generate(REQUEST));
      expect(error).toMatchObject({ kind: 'bad_request' });
      await suite.expectRequests(stage, 1);
    });

    test('a text that was withheld is asked for elsewhere where the caller wants it', async () => {
      const withheld = wire.blocked[0]?.answer as WireAnswer;
      const stage = await suite.stage(withheld, wire.answer(ANSWER));
      const client = clientOf(stage, { fallbackOn: ['content_filtered'] });
      expect((await suite.settle(stage, client.generate(REQUEST))).text).toBe(TEXT);
    });

    test('an answer at its limit is kept where no provider gives a longer one', async () => {
      const short = wire.answer({ ...ANSWER, finishReason: 'length' });
      const stage = await suite.stage(short, DOWN);
      const client = clientOf(stage, { fallbackOn: ['length'] });
      const answer = await suite.settle(stage, client.generate(REQUEST));
      expect([answer.finishReason, answer.attempts.length]).toEqual(['length', 2]);
    });

    test('one deadline holds over all providers', async () => {
      const stage = await suite.stageFor(() => ({ headersAfterMs: 'never' }));
      const client = clientOf(stage, { timeoutMs: SHORT_MS });
      expect(await suite.rejection(stage, client.generate(REQUEST))).toMatchObject({ kind: 'timeout' });
      if (suite.virtual) expect(stage.clock.now()).toBe(SHORT_MS);
      await suite.expectRequests(stage, 1);
    });

    test('a pause that is too long is not waited for', async () => {
      const slow = jsonAnswer({}, { status: 429, headers: { 'retry-after': '86400' } });
      const stage = await suite.stage(slow, wire.answer(ANSWER));
      const client = clientOf(stage, { retry: { perProvider: 2 } });
      expect((await suite.settle(stage, client.generate(REQUEST))).text).toBe(TEXT);
      await suite.expectRequests(stage, 2);
    });

    test('a pause that fits is waited for', async () => {
      const soon = jsonAnswer({}, { status: 429, headers: { 'retry-after': '1' } });
      const stage = await suite.stage(soon, wire.answer(ANSWER));
      const client = clientOf(stage, { retry: { perProvider: 2 } });
      const answer = await suite.settle(stage, client.generate(REQUEST));
      expect(answer.attempts).toHaveLength(2);
      if (suite.virtual) expect(stage.clock.now()).toBe(1_000);
    });

    test('a caller who gives up is not asked about again', async () => {
      const stage = await suite.stageFor(() => ({ headersAfterMs: 'never' }));
      const { signal } = suite.abortAfter(stage, SHORT_MS);
      const error = await suite.rejection(stage, clientOf(stage).generate(REQUEST, { signal }));
      expect(error).toMatchObject({ kind: 'aborted' });
      await suite.expectRequests(stage, 1);
    });

    test('attempts are bounded and recorded, without prompts or answers', async () => {
      const stage = await suite.stageFor(() => DOWN);
      const client = clientOf(stage, { maxAttempts: 3, retry: { perProvider: 9, baseDelayMs: 1 } });
      const error = await suite.rejection(stage, client.generate(REQUEST));
      expect(error.attempts).toHaveLength(3);
      expectSilent(client, error.attempts);
      await suite.expectRequests(stage, 3);
    });

    test.each<[string, WireAnswer]>([
      ['fails', DOWN],
      ['ends', { ...wire.stream(ANSWER), chunks: [] }],
    ])('a stream that %s before its first event is replaced', async (_, none) => {
      const stage = await suite.stage(none, wire.stream(ANSWER));
      const events = await suite.settle(stage, collect(clientOf(stage).stream(REQUEST)));
      expect(events.at(-1)).toMatchObject({ type: 'finish', usage: { totalTokens: 17 } });
      await suite.expectRequests(stage, 2);
    });

    test('a stream that has no content in time is replaced, within the one deadline', async () => {
      const stage = await suite.stage(
        { ...wire.stream(ANSWER), chunks: [], ending: 'stall' },
        wire.stream(ANSWER),
      );
      const answering = collect(clientOf(stage).stream(REQUEST, { firstEventMs: SHORT_MS }));
      const events = await suite.settle(stage, answering);
      expect(events.at(-1)).toMatchObject({
        type: 'finish',
        attempts: [{ outcome: 'timeout' }, { outcome: 'ok' }],
      });
      await suite.expectRequests(stage, 2);
    });

    test('a limit of an attempt leaves time for another one', async () => {
      const stage = await suite.stage({ headersAfterMs: 'never' }, wire.answer(ANSWER));
      const answering = clientOf(stage).generate(REQUEST, { attemptTimeoutMs: SHORT_MS });
      const { attempts } = await suite.settle(stage, answering);
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['timeout', 'ok']);
      await suite.expectRequests(stage, 2);
    });

    test('a stream is read to the end of its body, so that the connection can serve again', async () => {
      const stage = await suite.stage({ ...wire.stream(ANSWER), chunkEveryMs: 5 });
      await suite.settle(stage, collect(clientOf(stage).stream(REQUEST)));
      expect(stage.player.exchanges[0]?.end).toBe('played');
    });
  });
}
