import { inspect } from 'node:util';
import { VirtualClock } from '@drydock/resilience/testing';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { AttemptRecord, FinishReason, LlmError, LlmErrorKind, Usage } from '../../contract/index.js';
import { SpendCap } from '../../spend/spend-cap.js';
import type { ClientCallOptions } from '../client-options.js';
import { Engine } from '../engine.js';
import { ScriptedProvider, type Step } from './scripted-provider.fixture.js';

const KEY = 'canary-key-1b6e';
const PROMPT = 'canary-prompt-77c1';
const MAX_OUTPUT_TOKENS = 10;
const KINDS: LlmErrorKind[] = [
  'auth',
  'rate_limit',
  'quota',
  'timeout',
  'aborted',
  'bad_request',
  'content_filtered',
  'unavailable',
  'invalid_output',
  'truncated',
];

const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });

const step: fc.Arbitrary<Step> = fc
  .record({
    afterMs: fc.integer({ min: 0, max: 400 }),
    error: fc.option(
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom<LlmErrorKind>('unavailable', 'rate_limit', 'timeout') },
        { weight: 1, arbitrary: fc.constantFrom(...KINDS) },
      ),
      { nil: undefined, freq: 2 },
    ),
    retriable: rarely(fc.boolean()),
    retryAfterMs: rarely(fc.integer({ min: 0, max: 2_000 })),
    text: fc.constantFrom('{"count":1}', '{"count":"canary"}', 'canary'),
    tokens: rarely(fc.integer({ min: 0, max: MAX_OUTPUT_TOKENS })),
    deaf: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
    throws: fc.option(fc.constant(new Error(`401 for ${KEY}`)), { nil: undefined, freq: 9 }),
    breaksAfter: rarely(fc.integer({ min: 0, max: 3 })),
    cutOff: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
  })
  .map(
    (given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Step,
  );

const providers = fc.array(
  fc.record({
    steps: fc.array(step, { maxLength: 8 }),
    timeoutMs: fc.integer({ min: 1, max: 1_000 }),
    concurrency: fc.integer({ min: 1, max: 2 }),
    failures: fc.integer({ min: 1, max: 3 }),
    cooldownMs: fc.integer({ min: 1, max: 500 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const calls = fc.array(
  fc.record({
    startMs: fc.integer({ min: 0, max: 600 }),
    timeoutMs: fc.integer({ min: 1, max: 1_500 }),
    maxAttempts: fc.integer({ min: 1, max: 6 }),
    attemptTimeoutMs: rarely(fc.integer({ min: 1, max: 500 })),
    fallbackOn: rarely(fc.subarray<LlmErrorKind | FinishReason>([...KINDS, 'stop', 'length'])),
    abortMs: fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: undefined, freq: 3 }),
    mode: fc.constantFrom('generate', 'stream', 'structured'),
  }),
  { minLength: 1, maxLength: 3 },
);

const request = {
  messages: [{ role: 'user', content: PROMPT }],
  maxOutputTokens: MAX_OUTPUT_TOKENS,
} as const;
const schema = {
  jsonSchema: { type: 'object', properties: { count: { type: 'number' } }, required: ['count'] },
};

const MODES = {
  generate: (engine: Engine, options: ClientCallOptions) => engine.generate(request, options),
  stream: (engine: Engine, options: ClientCallOptions) => lastOf(engine.stream(request, options)),
  structured: (engine: Engine, options: ClientCallOptions) =>
    engine.generateStructured({ ...request, schema }, options),
} as const;

/** A script of what providers do and what callers ask. */
export const scripts = fc.record({
  providers,
  calls,
  perProvider: fc.integer({ min: 1, max: 3 }),
  maxCalls: fc.integer({ min: 1, max: 12 }),
  maxTokens: fc.integer({ min: 1, max: 3_000 }),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

type Script = typeof scripts extends fc.Arbitrary<infer T> ? T : never;

/** How a call ended. */
interface Ending {
  readonly at: number;
  readonly attempts: readonly AttemptRecord[];
  readonly usage?: Usage;
  readonly error?: LlmError;
}

/** Plays a script and checks what must hold for every script. */
export async function playAndCheck(script: Script): Promise<void> {
  const clock = new VirtualClock();
  const cast = script.providers.map(
    ({ steps }, index) => new ScriptedProvider(`p${index}`, [...steps], clock),
  );
  const spendCap = new SpendCap(script);
  const engine = new Engine({
    providers: script.providers.map(({ timeoutMs, concurrency, ...breaker }, index) => ({
      provider: cast[index] as ScriptedProvider,
      timeoutMs,
      concurrency,
      breaker,
    })),
    retry: { perProvider: script.perProvider, baseDelayMs: 100, maxDelayMs: 500 },
    random: () => script.random,
    clock,
    spendCap,
  });
  const endings = await clock.run(Promise.all(script.calls.map((call) => make(engine, call, clock))));

  for (const [index, { at, attempts, usage, error }] of endings.entries()) {
    const call = script.calls[index] as Script['calls'][number];
    expect(at).toBeLessThanOrEqual(call.startMs + call.timeoutMs);
    expect(attempts.length).toBeLessThanOrEqual(call.maxAttempts);
    if (usage) expect(usage.totalTokens).toBe(total(attempts.map((attempt) => attempt.usage)));
    expect(inspect([error, error?.stack, JSON.stringify(error)], { depth: 9 })).not.toMatch(/canary/);
  }
  const told = total(cast.flatMap((provider) => provider.told));
  const noted = endings.flatMap(({ attempts }) => attempts);
  expect(total(noted.map(({ usage }) => usage))).toBe(told);
  expect(noted).toHaveLength(cast.flatMap(({ seen }) => seen).length);
  expect(noted.length).toBeLessThanOrEqual(script.maxCalls);
  expect(told).toBeLessThanOrEqual(script.maxTokens);
  expect(spendCap.spent.tokens).toBeGreaterThanOrEqual(told);
  for (const [index, { concurrency }] of script.providers.entries()) {
    expect(cast[index]?.mostAtOnce).toBeLessThanOrEqual(concurrency);
  }
  expect(clock.pending).toBe(0);
}

async function make(engine: Engine, call: Script['calls'][number], clock: VirtualClock): Promise<Ending> {
  await new Promise<void>((resolve) => clock.schedule(resolve, call.startMs));
  const controller = new AbortController();
  const cancel =
    call.abortMs === undefined ? () => {} : clock.schedule(() => controller.abort(), call.abortMs);
  const { timeoutMs, maxAttempts, attemptTimeoutMs, fallbackOn } = call;
  const options = { timeoutMs, maxAttempts, attemptTimeoutMs, fallbackOn, signal: controller.signal };
  try {
    const { attempts, usage } = await MODES[call.mode](engine, options);
    return { at: clock.now(), attempts, usage };
  } catch (reason) {
    const error = reason as LlmError;
    return { at: clock.now(), attempts: error.attempts ?? [], error };
  } finally {
    cancel();
  }
}

async function lastOf(stream: ReturnType<Engine['stream']>) {
  for await (const event of stream) if (event.type === 'finish') return event;
  throw new Error('the stream ended without an error and without its last event');
}

function total(usages: readonly (Usage | undefined)[]): number {
  return usages.reduce((sum, usage) => sum + (usage?.totalTokens ?? 0), 0);
}
