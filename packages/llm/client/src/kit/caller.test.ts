import { getEventListeners } from 'node:events';
import { Deadline } from '@drydock/resilience';
import { VirtualClock } from '@drydock/resilience/testing';
import { expect, test } from 'vitest';
import type { StreamEvent } from '../contract/index.js';
import { Caller } from './caller.js';

const clock = () => new VirtualClock();
const callerOn = (clock: VirtualClock) => new Caller({ provider: 'p', failures: { rules: [] }, clock });
const never = () => new Promise<never>(() => {});
const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('no failure'),
    (error: unknown) => error,
  );

test('a call ends at its deadline though the SDK does not', async () => {
  const time = clock();
  const error = await time.run(failure(callerOn(time).call('m', { timeoutMs: 50 }, never)));
  expect(error).toMatchObject({ kind: 'timeout', retriable: true, code: 'DEADLINE', model: 'm' });
  expect([time.now(), time.pending]).toEqual([50, 0]);
});

test('a call has a minute unless told', async () => {
  const time = clock();
  await time.run(failure(callerOn(time).call('m', undefined, never)));
  expect(time.now()).toBe(60_000);
});

test('what the SDK throws once the caller gave up is the caller’s doing', async () => {
  const time = clock();
  const caller = new AbortController();
  const call = callerOn(time).call('m', { signal: caller.signal }, ({ signal }) => {
    caller.abort(new Error('canary'));
    return Promise.reject(signal.reason);
  });
  expect(await failure(call)).toMatchObject({ kind: 'aborted', retriable: false });
  expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  expect(time.pending).toBe(0);
});

test('nothing is sent once the caller gave up', async () => {
  let sent = false;
  const call = callerOn(clock()).call('m', { signal: AbortSignal.abort() }, async () => {
    sent = true;
  });
  expect(await failure(call)).toMatchObject({ kind: 'aborted' });
  expect(sent).toBe(false);
});

test('a deadline that its caller has closed ends nothing, so that the call keeps its own', async () => {
  const time = clock();
  const closed = new Deadline({ timeoutMs: 50, clock: time });
  const { signal } = closed;
  closed.close();
  const error = await time.run(failure(callerOn(time).call('m', { signal, timeoutMs: 70 }, never)));
  expect(error).toMatchObject({ kind: 'timeout', code: 'DEADLINE' });
  expect(time.now()).toBe(70);
});

test('a stream ends at its deadline though the SDK does not, and the SDK is told', async () => {
  const time = clock();
  const signals: AbortSignal[] = [];
  async function* deaf(): AsyncGenerator<string> {
    yield 'a';
    await never();
  }
  const stream = callerOn(time).stream(
    'm',
    { timeoutMs: 50 },
    async ({ signal }) => {
      signals.push(signal);
      return deaf();
    },
    (text): StreamEvent[] => [{ type: 'text', text }],
  );
  const seen: StreamEvent[] = [];
  const listening = async () => {
    for await (const event of stream) seen.push(event);
  };
  expect(await time.run(failure(listening()))).toMatchObject({ kind: 'timeout' });
  expect(seen).toEqual([{ type: 'text', text: 'a' }]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(time.pending).toBe(0);
});

test('a health check tells of a failure, and rejects when the caller gave up', async () => {
  const time = clock();
  const report = await time.run(callerOn(time).health({ timeoutMs: 50 }, never));
  expect(report).toMatchObject({ healthy: false, latencyMs: 50, reason: expect.stringContaining('50 ms') });
  const gone = callerOn(time).health({ signal: AbortSignal.abort() }, never);
  expect(await failure(gone)).toMatchObject({ kind: 'aborted' });
});
