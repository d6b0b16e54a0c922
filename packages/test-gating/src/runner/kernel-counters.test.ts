import { expect, test } from 'vitest';
import { countRefusedByKernel, KernelCounters } from './kernel-counters.js';

test('what the kernel refused counts for the file that ran then', () => {
  let total = 5;
  const counters = new KernelCounters(
    () => total,
    () => 0,
  );
  counters.enter('a');
  total += 2;
  counters.enter('b');
  total += 1;
  counters.enter('a');
  total += 4;
  expect([counters.take('a'), counters.take('b'), counters.take('a')]).toEqual([6, 1, 0]);
});

test('what tests sent to sockets of their own that have gone is excused, whichever count is read first', () => {
  let [total, excused] = [5, 0];
  const counters = new KernelCounters(
    () => total,
    () => excused,
  );
  counters.enter('a');
  excused += 1;
  expect(counters.take('a')).toBe(0);
  total += 1;
  expect(counters.take('a')).toBe(0);
  total += 1;
  expect(counters.take('a')).toBe(1);
});

test('where the system does not count, nothing does', () => {
  const counters = new KernelCounters(
    () => undefined,
    () => 0,
  );
  counters.enter('a');
  expect(counters.take('a')).toBe(0);
});

test.runIf(process.platform === 'linux')('Linux counts', () => {
  expect(countRefusedByKernel()).toBeGreaterThanOrEqual(0);
});
