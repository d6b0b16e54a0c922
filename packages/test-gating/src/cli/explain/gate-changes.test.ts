import { createRegistry } from '@drydock/workspace';
import { expect, test } from 'vitest';
import { declaredTests } from './declared-tests.js';
import { gateChanges } from './gate-changes.js';

const registry = createRegistry();

function changes(before: string, after: string): string[] {
  const [old, now] = [before, after].map((source) => declaredTests('a.test.ts', source, registry));
  return gateChanges(old ?? [], now ?? []).map(({ change }) => change);
}

test.each([
  ["test('a', f)", "test.skip('a', f)", ['skip added']],
  ["test('a', f)", "test('a', { skip: true }, f)", ['skip added']],
  ["describe('s', () => { test('a', f) })", "describe.skip('s', () => { test('a', f) })", ['skip added']],
  ["describe('s', () => { shared() })", "describe.skip('s', () => { shared() })", ['skip added']],
  ["test('a', f)", "test.todo('a')", ['todo added']],
  ["test('a', f)", "test.only('a', f)", ['only added']],
  ["test('a', f)", "test('a', { retry: 2 }, f)", ['retry: 0 → 2']],
  ["test('a', f)", "test('a', { tags: ['integration'] }, f)", ['markers: none → integration']],
  ["test('a', { tags: ['slow'] }, f)", "test('a', f)", ['markers: slow → none']],
  ["test('a', f); test('b', f)", "test('a', f)", ['removed']],
  ["test('a', f)", "test('a', f); test('new', { tags: ['integration'] }, f)", []],
  ["test('a', f)", "test('a', f); test.skip('new', f)", ['skip added']],
  ["test.skip('a', f)", "test('a', f)", []],
  ["test('a', { retry: 2 }, f)", "test('a', f)", []],
])('%s → %s', (before, after, expected) => {
  expect(changes(before, after)).toEqual(expected);
});
