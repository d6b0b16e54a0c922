import { expect, test } from 'vitest';
import { sleep } from '../abandon.js';
import { Deadline } from '../deadline.js';
import { retry } from '../retry.js';
import { VirtualClock } from './virtual-clock.js';

const never = new AbortController().signal;

test('an hour passes at once, in the right order', async () => {
  const clock = new VirtualClock();
  const order: string[] = [];
  const nap = (name: string, ms: number) =>
    sleep(ms, never, clock).then(() => order.push(`${name}@${clock.now()}`));
  await clock.run(Promise.all([nap('late', 3_600_000), nap('early', 5), nap('also early', 5)]));
  expect(order).toEqual(['early@5', 'also early@5', 'late@3600000']);
  expect(clock.pending).toBe(0);
});

test('a deadline fires at its time', async () => {
  const clock = new VirtualClock();
  const deadline = new Deadline({ timeoutMs: 100, clock });
  await expect(clock.run(sleep(1_000, deadline.signal, clock))).rejects.toThrow('100 ms');
  expect(clock.now()).toBe(100);
});

test('waiting for nothing is an error, not a hang', async () => {
  await expect(new VirtualClock().run(new Promise(() => {}))).rejects.toThrow('everybody waits');
});

test('retries pause on this clock alone', async () => {
  const clock = new VirtualClock();
  const deadline = new Deadline({ timeoutMs: 60_000, clock });
  const times: number[] = [];
  const down = retry(
    async () => {
      times.push(clock.now());
      throw new Error('down');
    },
    {
      deadline,
      clock,
      random: () => 1,
      idempotent: true,
      policy: { baseDelayMs: 100, maxAttempts: 4 },
      classify: () => ({ transient: true, outcome: 'rejected' }),
    },
  );
  await expect(clock.run(down)).rejects.toThrow('down');
  expect(times).toEqual([0, 100, 300, 700]);
});

test('a real timer that ends meanwhile hides no pause of the library', async () => {
  const clock = new VirtualClock();
  const deadline = new Deadline({ timeoutMs: 60_000, clock });
  const another = setTimeout(() => {}, 60_000);
  const attempt = async ({ number }: { number: number }) => {
    clearTimeout(another);
    if (number === 1) throw new Error('down');
    return clock.now();
  };
  const classify = () => ({ transient: true, outcome: 'rejected' }) as const;
  await expect(
    clock.run(retry(attempt, { deadline, clock, random: () => 1, idempotent: true, classify })),
  ).resolves.toBe(50);
});
