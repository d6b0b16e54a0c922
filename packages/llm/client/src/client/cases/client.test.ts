import { VirtualClock } from '@drydock/resilience/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LlmError, LlmErrorKind } from '../../contract/index.js';
import type { ClientOptions } from '../client-options.js';
import { Engine } from '../engine.js';
import { ScriptedProvider, type Step } from './scripted-provider.fixture.js';

const request = { messages: [{ role: 'user', content: 'hello' }] } as const;

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
});

const scripted = (name: string, ...steps: Step[]) => new ScriptedProvider(name, steps, clock);

const engine = (providers: ClientOptions['providers'], options: Partial<ClientOptions> = {}) =>
  new Engine({ providers, clock, random: () => 0.5, ...options });

const times = (count: number, step: Step) => Array.from({ length: count }, () => step);

async function failureOf(promise: Promise<unknown>): Promise<LlmError> {
  return promise.then(
    () => {
      throw new Error('it succeeded');
    },
    (error) => error,
  );
}

test('an answer that ended at its limit is for the caller to decide about', async () => {
  const [first, second] = [scripted('first', { error: 'truncated', retriable: false }), scripted('second')];
  const error = await failureOf(clock.run(engine([first, second]).generate(request)));
  expect(error).toMatchObject({ kind: 'truncated', attempts: [{ outcome: 'truncated' }] });
});

describe('what is done after a failure', () => {
  const rows: [LlmErrorKind, { again: boolean; elsewhere: boolean }][] = [
    ['auth', { again: false, elsewhere: true }],
    ['rate_limit', { again: true, elsewhere: true }],
    ['quota', { again: false, elsewhere: true }],
    ['timeout', { again: true, elsewhere: true }],
    ['unavailable', { again: true, elsewhere: true }],
    ['invalid_output', { again: true, elsewhere: true }],
    ['aborted', { again: false, elsewhere: false }],
    ['bad_request', { again: false, elsewhere: false }],
    ['content_filtered', { again: false, elsewhere: false }],
    // Retriable here: broken off, not at its limit.
    ['truncated', { again: true, elsewhere: true }],
  ];
  test.each(rows)('%s: %o', async (error, { again, elsewhere }) => {
    const first = scripted('first', ...times(2, { error, retriable: true }));
    const second = scripted('second');
    const answer = clock.run(engine([first, second]).generate(request));
    if (elsewhere) await expect(answer).resolves.toMatchObject({ text: 'from second' });
    else await expect(answer).rejects.toMatchObject({ kind: error, provider: 'first' });
    expect(first.seen).toHaveLength(again ? 2 : 1);
    expect(second.seen).toHaveLength(elsewhere ? 1 : 0);
  });

  test('an error that says it is not transient is not repeated', async () => {
    const first = scripted('first', { error: 'unavailable', retriable: false });
    await clock.run(engine([first, scripted('second')]).generate(request));
    expect(first.seen).toHaveLength(1);
  });

  test('what is not an LlmError falls over, and nothing of it is told', async () => {
    const first = scripted('first', { throws: new TypeError('canary-key') });
    const error = await failureOf(clock.run(engine([first]).generate(request)));
    expect(error).toMatchObject({ kind: 'unavailable', code: 'UNEXPECTED' });
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain('canary');
  });
});

describe('time', () => {
  test('one deadline holds for all attempts, pauses and providers', async () => {
    const slow = times(2, { afterMs: 400, error: 'unavailable' } as const);
    const providers = [scripted('first', ...slow), scripted('second', ...slow)];
    const error = await failureOf(clock.run(engine(providers).generate(request, { timeoutMs: 1_000 })));
    expect(error).toMatchObject({ kind: 'timeout', code: 'DEADLINE' });
    expect(clock.now()).toBe(1_000);
    expect(error.attempts?.map(({ provider, outcome }) => [provider, outcome])).toEqual([
      ['first', 'unavailable'],
      ['first', 'unavailable'],
      ['second', 'timeout'],
    ]);
  });

  test('a provider that listens to nothing is left behind', async () => {
    const error = await failureOf(
      clock.run(engine([scripted('first', { deaf: true })]).generate(request, { timeoutMs: 1_000 })),
    );
    expect([error.kind, clock.now()]).toEqual(['timeout', 1_000]);
    expect(clock.pending).toBe(0);
  });

  test('an attempt takes at most what its provider may, then the next has its turn', async () => {
    const first = scripted('first', ...times(2, { deaf: true }));
    const second = scripted('second');
    const client = engine([{ provider: first, timeoutMs: 300 }, second], { retry: { perProvider: 1 } });
    await expect(clock.run(client.generate(request, { timeoutMs: 1_000 }))).resolves.toMatchObject({
      text: 'from second',
      attempts: [
        { provider: 'first', outcome: 'timeout', durationMs: 300 },
        { provider: 'second', outcome: 'ok' },
      ],
    });
    expect([first.seen[0]?.timeoutMs, second.seen[0]?.timeoutMs]).toEqual([300, 700]);
  });

  test('a pause that the provider asks for is kept when it fits', async () => {
    const first = scripted('first', { error: 'rate_limit', retryAfterMs: 7_000 });
    await expect(clock.run(engine([first, scripted('second')]).generate(request))).resolves.toMatchObject({
      text: 'from first',
    });
    expect(first.seen.map(({ at }) => at)).toEqual([0, 7_000]);
  });

  test('one that does not fit sends the call elsewhere at once', async () => {
    const first = scripted('first', { error: 'rate_limit', retryAfterMs: 3_600_000 });
    await expect(clock.run(engine([first, scripted('second')]).generate(request))).resolves.toMatchObject({
      text: 'from second',
    });
    expect(clock.now()).toBe(0);
  });
});

describe('the budget', () => {
  test.each([1, 2, 3, 4])('of %i attempts holds over all providers', async (maxAttempts) => {
    const providers = ['a', 'b', 'c'].map((name) => scripted(name, ...times(9, { error: 'unavailable' })));
    const error = await failureOf(clock.run(engine(providers, { maxAttempts }).generate(request)));
    expect(providers.flatMap(({ seen }) => seen)).toHaveLength(maxAttempts);
    expect(error.attempts).toHaveLength(maxAttempts);
  });

  test('what failed attempts used is part of the bill', async () => {
    const first = scripted(
      'first',
      { error: 'unavailable', tokens: 5 },
      { error: 'invalid_output', tokens: 7 },
    );
    const { usage } = await clock.run(engine([first, scripted('second')]).generate(request));
    expect(usage).toEqual({ inputTokens: 15, outputTokens: 15, totalTokens: 30 });
  });
});

describe('the caller', () => {
  test('who gives up in the middle of a pause is told at once, and nothing is sent again', async () => {
    const first = scripted('first', { error: 'rate_limit', retryAfterMs: 60_000 });
    const second = scripted('second');
    const controller = new AbortController();
    clock.schedule(() => controller.abort(), 1_000);
    const error = await failureOf(
      clock.run(engine([first, second]).generate(request, { signal: controller.signal })),
    );
    expect([error.kind, error.retriable, clock.now()]).toEqual(['aborted', false, 1_000]);
    expect([first.seen.length, second.seen.length]).toEqual([1, 0]);
    expect(clock.pending).toBe(0);
  });

  test('who gave up before sends nothing', async () => {
    const first = scripted('first');
    const error = await failureOf(
      clock.run(engine([first]).generate(request, { signal: AbortSignal.abort() })),
    );
    expect([error.kind, first.seen.length]).toEqual(['aborted', 0]);
  });

  test('who gives up in the middle of an attempt feeds no breaker', async () => {
    const first = scripted('first', { afterMs: 500 });
    const client = engine([{ provider: first, breaker: { failures: 1 } }]);
    const controller = new AbortController();
    clock.schedule(() => controller.abort(), 100);
    await failureOf(clock.run(client.generate(request, { signal: controller.signal })));
    expect(client.status()).toMatchObject([{ state: 'ready' }]);
  });
});

describe('providers', () => {
  test('one that refuses the key is not asked again, until a health check finds it well', async () => {
    const first = scripted('first', { error: 'auth' });
    const client = engine([first, scripted('second')]);
    await clock.run(client.generate(request));
    await clock.run(client.generate(request));
    expect(first.seen).toHaveLength(1);
    expect(client.status().map(({ state }) => state)).toEqual(['misconfigured', 'ready']);
    await clock.run(client.healthCheck());
    await expect(clock.run(client.generate(request))).resolves.toMatchObject({ text: 'from first' });
  });

  test('with nobody else left, one that refused the key says so itself', async () => {
    const first = scripted('first', ...times(2, { error: 'auth' }));
    const client = engine([first]);
    await failureOf(clock.run(client.generate(request)));
    await expect(clock.run(client.generate(request))).rejects.toMatchObject({
      kind: 'auth',
      provider: 'first',
    });
  });

  test('one that keeps failing rests, and is tried again after its cooldown', async () => {
    const first = scripted('first', ...times(2, { error: 'unavailable' }));
    const client = engine([
      { provider: first, breaker: { failures: 2, cooldownMs: 60_000 } },
      scripted('second'),
    ]);
    await clock.run(client.generate(request));
    expect(client.status().map(({ state }) => state)).toEqual(['resting', 'ready']);
    await clock.run(client.generate(request));
    expect(first.seen).toHaveLength(2);
    clock.schedule(() => {}, 60_000);
    await clock.run(new Promise<void>((resolve) => clock.schedule(resolve, 60_000)));
    await expect(clock.run(client.generate(request))).resolves.toMatchObject({ text: 'from first' });
  });

  test.each(['rate_limit', 'quota', 'bad_request', 'invalid_output'] as const)(
    '%s is not a fault of the provider',
    async (error) => {
      const first = scripted('first', ...times(9, { error }));
      const client = engine([{ provider: first, breaker: { failures: 1 } }]);
      await failureOf(clock.run(client.generate(request)));
      expect(client.status()).toMatchObject([{ state: 'ready' }]);
    },
  );

  test('when all rest, that is what is said', async () => {
    const client = engine([
      { provider: scripted('first', { error: 'unavailable', retriable: false }), breaker: { failures: 1 } },
    ]);
    await failureOf(clock.run(client.generate(request)));
    await expect(clock.run(client.generate(request))).rejects.toMatchObject({
      code: 'BREAKER_OPEN',
      attempts: [],
    });
  });

  test('so many requests at once, the others wait', async () => {
    const first = scripted('first', ...times(3, { afterMs: 100 }));
    const client = engine([{ provider: first, concurrency: 1 }]);
    await clock.run(Promise.all([1, 2, 3].map(() => client.generate(request))));
    expect(first.seen.map(({ at }) => at)).toEqual([0, 100, 200]);
  });

  test('each is asked for its own model', async () => {
    const first = scripted('first', { error: 'quota' });
    const second = scripted('second');
    await clock.run(engine([first, { provider: second, model: 'large' }]).generate(request));
    expect([first, second].map(({ seen }) => seen[0]?.request.model)).toEqual(['first-model', 'large']);
  });

  test('a model that a request names goes to those listed with it, and to nobody by its looks', async () => {
    const first = scripted('first');
    const client = engine([first, { provider: scripted('second'), model: 'large' }]);
    await expect(clock.run(client.generate({ ...request, model: 'large' }))).resolves.toMatchObject({
      text: 'from second',
    });
    await expect(client.generate({ ...request, model: 'first-large' })).rejects.toMatchObject({
      kind: 'bad_request',
      message: expect.stringContaining('first-model (first), large (second)'),
    });
    expect(first.seen).toHaveLength(0);
  });
});
