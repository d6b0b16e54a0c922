import { expect, test } from 'vitest';
import { expectAtDeadline, expectInTime, timed } from './deadline.js';

const took = (elapsedMs: number, stalledMs = 0) => ({ elapsedMs, stalledMs });

test('a call is in time up to a tenth and 250 ms after its deadline, and late afterwards', () => {
  expect(() => expectInTime(took(1_350), 1_000)).not.toThrow();
  expect(() => expectInTime(took(1_351), 1_000)).toThrow();
});

test('time in which the event loop stood still does not count', () => {
  expect(() => expectInTime(took(1_900, 600), 1_000)).not.toThrow();
  expect(() => expectInTime(took(2_000, 600), 1_000)).toThrow();
});

test('a call that ends before its deadline did not wait for it', () => {
  expect(() => expectAtDeadline(took(900), 1_000)).toThrow();
  expect(() => expectAtDeadline(took(999), 1_000)).not.toThrow();
});

test('a blocked event loop is seen', async () => {
  const call = await timed(async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    const end = performance.now() + 200;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 30));
  });
  expect(call.stalledMs).toBeGreaterThan(100);
  expect(call.elapsedMs).toBeGreaterThanOrEqual(call.stalledMs);
});

test('timed hands on what a call gives or throws', async () => {
  expect(await timed(async () => 7)).toMatchObject({ value: 7 });
  expect(await timed(async () => Promise.reject(new Error('no')))).toMatchObject({ error: new Error('no') });
});
