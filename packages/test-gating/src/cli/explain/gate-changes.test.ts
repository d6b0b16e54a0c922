import { createRegistry } from '@drydock/workspace';
import { expect, test } from 'vitest';
import { declaredTests } from './declared-tests.js';
import { gateChanges } from './gate-changes.js';

const registry = createRegistry();

function changes(before: string, after: string): string[] {
  const [old, now] = [before, after].map((source) => declaredTests('a.test.ts', source, registry));
  return gateChanges(old ?? [], now ?? []).map(({ change }) => change);
}

const BODY = '() => { expect(sum([1, 2, 3])).toBe(6); }';
const OTHER = '() => { expect(sum([])).toBe(0); sum([1]); }';

function changesOfFiles(before: Record<string, string>, after: Record<string, string>): string[] {
  const [old, now] = [before, after].map((files) =>
    Object.entries(files).flatMap(([file, source]) => declaredTests(file, source, registry)),
  );
  return gateChanges(old ?? [], now ?? []).map(({ id, change }) => `${id}: ${change}`);
}

test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
  [
    'a renamed file is one move and no loss, also where one of its tests changed',
    { 'a.test.ts': `test('one', ${BODY}); test('two', f)` },
    { 'b.test.ts': `test('one', ${BODY}); test('two', ${OTHER})` },
    ['b.test.ts: moved from a.test.ts'],
  ],
  [
    'a renamed file whose name now carries a marker',
    { 'a.test.ts': `test('one', ${BODY})` },
    { 'a.integration.test.ts': `test('one', ${BODY})` },
    [
      'a.integration.test.ts::one: markers: none → integration',
      'a.integration.test.ts: moved from a.test.ts',
    ],
  ],
  [
    'a test in another file and suite has moved, whatever its indentation is',
    { 'a.test.ts': `test('one', ${BODY}); test('two', f)` },
    {
      'a.test.ts': `test('two', f)`,
      'b.test.ts': `describe('s', () => {\n  test('one', () => {\n expect(sum([1, 2, 3])).toBe(6); })\n})`,
    },
    ['b.test.ts::s > one: moved from a.test.ts::one'],
  ],
  [
    'a test with another name is no loss',
    { 'a.test.ts': `test('one', ${BODY})` },
    { 'a.test.ts': `test('uno', ${BODY})` },
    [],
  ],
  [
    'of two tests with one name, the one that is gone is removed',
    { 'a.test.ts': `test('one', ${BODY}); test('one', ${OTHER})` },
    { 'a.test.ts': `test('one', ${BODY})` },
    ['a.test.ts::one: removed'],
  ],
  [
    'a new test of the same name in another file replaces no other',
    { 'a.test.ts': `test('works', ${BODY})` },
    { 'b.test.ts': `test('works', ${OTHER})` },
    ['a.test.ts::works: removed'],
  ],
])('%s', (_, before, after, expected) => {
  expect(changesOfFiles(before, after)).toEqual(expected);
});

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
