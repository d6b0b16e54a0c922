import { BROKEN_LISTENERS, VirtualClock } from '@drydock/resilience/testing';
import { expect, test } from 'vitest';
import { ScriptedProvider, type Step } from '../client/cases/scripted-provider.fixture.js';
import { Engine } from '../client/engine.js';
import type { Telemetry } from './telemetry.js';

const request = { messages: [{ role: 'user', content: 'hello' }] } as const;

function setUp(telemetry: Telemetry, ...steps: Step[]) {
  const clock = new VirtualClock();
  const groq = new ScriptedProvider('groq', steps, clock);
  const engine = new Engine({ providers: [{ provider: groq, breaker: { failures: 1 } }], clock, telemetry });
  return { groq, engine, ask: () => clock.run(engine.generate(request)) };
}

const broken = BROKEN_LISTENERS.map(([does, listen]): [string, Telemetry] => [
  does,
  { attempt: (_, run) => listen(run) },
]);

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
