import { expect, test } from 'vitest';
import { isStaleNamespace, newNamespace, removeStaleNamespaces } from './namespace.js';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 0, 2);

test('namespaces differ', () => {
  expect(newNamespace()).not.toBe(newNamespace());
  expect(newNamespace()).toMatch(/^drydock-[0-9a-z]{26}$/);
});

test.each([
  ['younger than a day', newNamespace(NOW - 23 * HOUR_MS), false],
  ['older than a day', newNamespace(NOW - 25 * HOUR_MS), true],
  ['older, as a schema', newNamespace(NOW - 25 * HOUR_MS).replaceAll('-', '_'), true],
  ['older, within a longer name', `Person_${newNamespace(NOW - 25 * HOUR_MS)}-notes`, true],
  ['no namespace of a run', 'drydock-production', false],
  ['somebody else’s', `x${newNamespace(NOW - 25 * HOUR_MS).slice(8)}`, false],
  ['the start of a longer word', `${newNamespace(NOW - 25 * HOUR_MS)}abc`, false],
])('one that is %s', (_, name, stale) => {
  expect(isStaleNamespace(name, NOW)).toBe(stale);
});

test('only what is stale is removed, and a removal that fails hinders nothing', async () => {
  const old = [newNamespace(1), newNamespace(2)];
  const removed: string[] = [];
  await removeStaleNamespaces({
    namespaces: async () => ['app', ...old, newNamespace()],
    async removeNamespace(name) {
      removed.push(name);
      throw new Error('somebody else was faster');
    },
  });
  expect(removed).toEqual(old);
});
