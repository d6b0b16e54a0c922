import { VirtualClock } from '@drydock/resilience/testing';
import { expect, test } from 'vitest';
import { Engine } from '../client/engine.js';
import { ScriptedProvider, type Step } from '../client/scripted-provider.fixture.js';
import type { Telemetry } from './telemetry.js';

const request = { messages: [{ role: 'user', content: 'hello' }] } as const;

function setUp(telemetry: Telemetry, ...steps: Step[]) {
  const clock = new VirtualClock();
  const groq = new ScriptedProvider('groq', steps, clock);
  const engine = new Engine({ providers: [{ provider: groq, breaker: { failures: 1 } }], clock, telemetry });
  return { groq, engine, ask: () => clock.run(engine.generate(request)) };
}

const fail = (_?: unknown): never => {
  throw new Error('of the telemetry');
};
const broken: [string, Telemetry][] = [
  ['throws', { attempt: fail }],
  ['rejects', { attempt: async () => fail() }],
  ['sends nothing', { attempt: async () => undefined as never }],
  ['throws once the request is under way', { attempt: (_, run) => fail(run(() => {})) }],
  ['rejects once the request has ended', { attempt: (_, run) => run(() => {}).finally(fail) }],
  ['throws when it is told of the end', { attempt: (_, run) => run(fail) }],
  ['rejects when it is told of the end', { attempt: (_, run) => run(async () => fail()) }],
  [
    'answers by itself',
    { attempt: async (_, run) => ({ ...(await run(() => {})), text: 'of the telemetry' }) },
  ],
  ['sends twice', { attempt: (_, run) => run(() => {}).then(() => run(() => {})) }],
];

test.each(broken)('telemetry that %s changes no answer and no request', async (_, telemetry) => {
  const { ask, groq, engine } = setUp(telemetry);
  expect(await ask()).toMatchObject({ text: 'from groq', attempts: [{ outcome: 'ok' }] });
  expect(groq.seen).toHaveLength(1);
  expect(engine.status()).toMatchObject([{ state: 'ready' }]);
});

test.each(broken)('telemetry that %s changes no failure', async (_, telemetry) => {
  const { ask, groq } = setUp(telemetry, { error: 'bad_request' });
  await expect(ask()).rejects.toMatchObject({ kind: 'bad_request', attempts: [{ outcome: 'bad_request' }] });
  expect(groq.seen).toHaveLength(1);
});

test.each(broken)('telemetry that %s changes no stream', async (_, telemetry) => {
  const { engine } = setUp(telemetry);
  const types = [];
  for await (const { type } of engine.stream(request)) types.push(type);
  expect(types).toEqual(['text', 'finish']);
});
