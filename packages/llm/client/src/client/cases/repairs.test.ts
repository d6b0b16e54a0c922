import { VirtualClock } from '@drydock/resilience/testing';
import { beforeEach, expect, test } from 'vitest';
import { SpendCap } from '../../spend/spend-cap.js';
import { Engine } from '../engine.js';
import { ScriptedProvider, type Step } from './scripted-provider.fixture.js';

const request = {
  messages: [{ role: 'user', content: 'How many?' }],
  schema: {
    jsonSchema: { type: 'object', properties: { count: { type: 'number' } }, required: ['count'] },
  },
} as const;

const MISFIT: Step = { text: '{"count":"many"}' };
const FIT: Step = { text: '{"count":3}' };

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
});

const scripted = (name: string, ...steps: Step[]) => new ScriptedProvider(name, steps, clock);

test('an answer that does not fit goes back once, and both attempts are counted', async () => {
  const provider = scripted('first', MISFIT, FIT);
  const spendCap = new SpendCap({ maxCalls: 9, maxTokens: 90_000 });
  const answer = await clock.run(
    new Engine({ providers: [provider], clock, spendCap }).generateStructured(request),
  );
  expect(answer.value).toEqual({ count: 3 });
  expect(answer.attempts.map(({ outcome }) => outcome)).toEqual(['invalid_output', 'ok']);
  expect(answer.usage.totalTokens).toBe(12);
  expect(spendCap.spent).toMatchObject({ calls: 2, tokens: 12 });
  const [first, second] = provider.seen.map((seen) => seen.request.messages);
  expect(first).toHaveLength(1);
  expect(second).toMatchObject([
    { role: 'user' },
    { role: 'assistant', content: MISFIT.text },
    { role: 'user' },
  ]);
});

test('a repair that does not fit either gives way to the next provider, which is asked afresh', async () => {
  const first = scripted('first', MISFIT, MISFIT, FIT);
  const second = scripted('second', FIT);
  const engine = new Engine({ providers: [first, second], clock, retry: { perProvider: 5 } });
  const answer = await clock.run(engine.generateStructured(request));
  expect(answer.provider).toBe('second');
  expect(first.seen).toHaveLength(2);
  expect(second.seen.map((seen) => seen.request.messages.length)).toEqual([1]);
});

test('a call has one repair, whichever provider needs it', async () => {
  const providers = [
    scripted('down', { error: 'unavailable' }, { error: 'unavailable' }),
    scripted('misfit', MISFIT, MISFIT),
    scripted('misfit too', MISFIT, FIT),
  ];
  const engine = new Engine({ providers, clock, maxAttempts: 9, retry: { perProvider: 2 } });
  await expect(clock.run(engine.generateStructured(request))).rejects.toMatchObject({
    kind: 'invalid_output',
  });
  const lengths = providers.map(({ seen }) => seen.map((one) => one.request.messages.length));
  expect(lengths).toEqual([[1, 1], [1, 3], [1]]);
});

test('a repair that meets a fault is asked again as a repair', async () => {
  const provider = scripted('first', MISFIT, { error: 'unavailable' }, FIT);
  const engine = new Engine({ providers: [provider], clock, retry: { perProvider: 3 } });
  await clock.run(engine.generateStructured(request));
  expect(provider.seen.map((seen) => seen.request.messages.length)).toEqual([1, 3, 3]);
});

test('a repair stays within the budget of attempts', async () => {
  const provider = scripted('first', MISFIT, FIT);
  const engine = new Engine({ providers: [provider], clock, maxAttempts: 1 });
  await expect(clock.run(engine.generateStructured(request))).rejects.toMatchObject({
    kind: 'invalid_output',
    attempts: [{ outcome: 'invalid_output' }],
  });
  expect(provider.seen).toHaveLength(1);
});
