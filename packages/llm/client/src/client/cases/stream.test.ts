import { VirtualClock } from '@drydock/resilience/testing';
import { beforeEach, expect, test } from 'vitest';
import type { ClientCallOptions, ClientOptions } from '../client-options.js';
import { Engine } from '../engine.js';
import { ScriptedProvider, type Step } from './scripted-provider.fixture.js';

const request = { messages: [{ role: 'user', content: 'hello' }] } as const;

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
});

const scripted = (name: string, ...steps: Step[]) => new ScriptedProvider(name, steps, clock);

async function listen(
  providers: ClientOptions['providers'],
  options: ClientCallOptions = {},
  each: (text: string) => void = () => {},
) {
  const engine = new Engine({ providers, clock, random: () => 0.5 });
  const texts: string[] = [];
  let end: unknown;
  const listening = (async () => {
    for await (const event of engine.stream(request, { timeoutMs: 1_000, ...options })) {
      if (event.type === 'text') {
        texts.push(event.text);
        each(event.text);
      } else end = event;
    }
  })();
  const error = await clock.run(listening).catch((reason) => reason);
  return { texts, end, error, state: engine.status().map(({ state }) => state) };
}

test('delivers what comes and ends with what all attempts used', async () => {
  const first = scripted('first', { error: 'unavailable', tokens: 5 }, { error: 'quota' });
  const { texts, end } = await listen([first, scripted('second')]);
  expect(texts).toEqual(['from second']);
  expect(end).toMatchObject({
    type: 'finish',
    provider: 'second',
    usage: { totalTokens: 16 },
    attempts: [{ outcome: 'unavailable' }, { outcome: 'quota' }, { outcome: 'ok' }],
  });
});

test('before the first event it falls over, after it never', async () => {
  const before = await listen([scripted('first', { error: 'quota' }), scripted('second')]);
  expect(before.texts).toEqual(['from second']);
  const second = scripted('second');
  const after = await listen([scripted('first', { breaksAfter: 2, error: 'unavailable' }), second]);
  expect(after.texts).toEqual(['0', '1']);
  expect(after.error).toMatchObject({
    kind: 'unavailable',
    provider: 'first',
    attempts: [{ outcome: 'unavailable' }],
  });
  expect(second.seen).toHaveLength(0);
});

test('an end without a finish event is a failure, not an answer', async () => {
  const { texts, end, error } = await listen([scripted('first', { cutOff: true })]);
  expect([texts, end]).toEqual([['from first'], undefined]);
  expect(error).toMatchObject({ kind: 'unavailable', code: 'CUT_OFF' });
});

test('a break in the middle counts against the provider', async () => {
  const first = scripted('first', { breaksAfter: 1, error: 'unavailable' });
  const { state } = await listen([{ provider: first, breaker: { failures: 1 } }]);
  expect(state).toEqual(['resting']);
});

test('the deadline holds in the middle as well', async () => {
  const { texts, error } = await listen([scripted('first', { breaksAfter: 1, deaf: true })]);
  expect(texts).toEqual(['0']);
  expect(error).toMatchObject({ kind: 'timeout', code: 'DEADLINE', attempts: [{ outcome: 'timeout' }] });
  expect([clock.now(), clock.pending]).toEqual([1_000, 0]);
});

test('a caller who gives up in the middle is told so, and no provider is blamed', async () => {
  const controller = new AbortController();
  const first = scripted('first', { breaksAfter: 1, deaf: true });
  const { error, state } = await listen(
    [{ provider: first, breaker: { failures: 1 } }],
    { signal: controller.signal },
    () => controller.abort(),
  );
  expect([error.kind, state]).toEqual(['aborted', ['ready']]);
});

test('who stops listening leaves nothing behind', async () => {
  const first = scripted('first', { breaksAfter: 3, deaf: true });
  const engine = new Engine({ providers: [{ provider: first, concurrency: 1 }], clock });
  const listening = (async () => {
    for await (const _ of engine.stream(request)) break;
  })();
  await clock.run(listening);
  expect(clock.pending).toBe(0);
  await expect(clock.run(engine.generate(request))).resolves.toMatchObject({ text: 'from first' });
});
