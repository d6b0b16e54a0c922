import { expect, test } from 'vitest';
import { isStaleNamespace, namespaceTime, runNamespace } from './namespace.js';

const now = new Date('2026-01-02T03:04:05.678Z');

test('namespaces are unique, and fit every backend unquoted', () => {
  const names = Array.from({ length: 1_000 }, () => runNamespace(now));
  expect(new Set(names).size).toBe(1_000);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]{19}$/);
});

test('a namespace holds the start of its run', () => {
  expect(namespaceTime(runNamespace(now))).toEqual(now);
});

test.each(['public', 'dd_', 'dd_zzzzzzzz_nothex00', 'xdd_00000000_00000000'])('%s is none', (name) => {
  expect(namespaceTime(name)).toBeUndefined();
  expect(isStaleNamespace(name)).toBe(false);
});

test('a namespace is stale after a day, or after the given hours', () => {
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  expect(isStaleNamespace(runNamespace(now), later(23.9))).toBe(false);
  expect(isStaleNamespace(runNamespace(now), later(24.1))).toBe(true);
  expect(isStaleNamespace(runNamespace(now), later(2), 1)).toBe(true);
});
