import { expect, test } from 'vitest';
import { countRefusedByKernel, KernelCounters } from './kernel-counters.js';

test('what the kernel refused counts for the file that ran then', () => {
  let total = 5;
  const counters = new KernelCounters(() => total);
  counters.enter('a');
  total += 2;
  counters.enter('b');
  total += 1;
  counters.enter('a');
  total += 4;
  expect([counters.take('a'), counters.take('b'), counters.take('a')]).toEqual([6, 1, 0]);
});

test('where the system does not count, nothing does', () => {
  const counters = new KernelCounters(() => undefined);
  counters.enter('a');
  expect(counters.take('a')).toBe(0);
});

test.runIf(process.platform === 'linux')('Linux counts', () => {
  expect(countRefusedByKernel()).toBeGreaterThanOrEqual(0);
});
