import { expect, test } from 'vitest';
import { collectStatically, DYNAMIC_TESTS, type StaticTask } from './static-tests.js';

/** `suite > test [mode] #tag`, one line a test. */
function outline(source: string): string[] {
  const lines = (task: StaticTask, above: string): string[] => {
    const path = above === '' ? task.name : `${above} > ${task.name}`;
    const tags = task.tags.map((tag) => ` #${tag}`).join('');
    if (task.kind === 'suite') return task.children.flatMap((child) => lines(child, `${path}${tags}`));
    return [`${path}${task.mode === 'run' ? '' : ` [${task.mode}]`}${tags}`];
  };
  return collectStatically('a.test.ts', source).flatMap((task) => lines(task, ''));
}

test.each([
  ["test('a', () => {})", ['a']],
  ['it(`b`, async () => {})', ['b']],
  ['test(`has ${x} inside`, () => {})', ['has ${…} inside']],
  ["describe('s', () => { test('a', () => {}); it.skip('b', () => {}); })", ['s > a', 's > b [skip]']],
  ["test.todo('later')", ['later [todo]']],
  ["test('o', { tags: ['slow', 'gpu'], skip: true }, () => {})", ['o [skip] #slow #gpu']],
  ["test('t', { tags: 'slow' }, () => {})", ['t #slow']],
  ["test.each([1, 2])('n %i', () => {})", ['n %i']],
  ["test.each`a|b\n${1}|${2}`('row $a', () => {})", ['row $a']],
  ["describe.each([1])('d %i', () => { test.for([2])('t %i', () => {}) })", ['d %i > t %i']],
  ["test.concurrent.only('c', () => {})", ['c']],
  ["test.skipIf(true)('s', () => {}); test.runIf(x)('r', () => {})", ['s', 'r']],
  ["const withDb = test.extend({}); withDb('e', () => {})", ['e']],
  ["const my = test.extend<{ a: number }>({ a: 1 }).extend({}); my('e2', () => {})", ['e2']],
  ["import { test as check } from 'vitest'; check('aliased', () => {})", ['aliased']],
  ["import { it as spec } from './fixtures.js'; spec('from fixtures', () => {})", ['from fixtures']],
  ["import { dbTest } from './db.js'; dbTest('by a helper', () => {})", ['by a helper']],
  ["import { describeDb } from './db.js'; describeDb('s', () => { it('a', () => {}) })", ['s > a']],
  ["import { seedTest, testServer } from './x.js'; seedTest('a'); testServer.start('b')", [DYNAMIC_TESTS]],
  ["import * as vitest from 'vitest'; vitest.test.skip('of the module', () => {})", ['of the module [skip]']],
  [
    "const db = test.extend({}); db.describe('s', { tags: 'slow' }, () => { db('a', () => {}) })",
    ['s #slow > a'],
  ],
  ["const db = { tags: ['slow'] } as const; test('by a constant', db, () => {})", ['by a constant #slow']],
  ["const db = { tags: ['slow'] }; test('spread', { ...db, skip: true }, () => {})", ['spread [skip] #slow']],
  [
    "const T = { db: 'slow' }; const more = ['gpu']; test('t', { tags: [T.db, ...more] }, () => {})",
    ['t #slow #gpu'],
  ],
  ["const tags = ['slow']; test('shorthand', { tags }, () => {})", ['shorthand #slow']],
  ["const db = db; test('of itself', db, () => {})", ['of itself']],
  ["for (const n of [1]) test('in a loop', () => {})", ['in a loop']],
  ["[1].forEach((n) => describe('s', () => { if (n) test('deep', () => {}) }))", ['s > deep']],
  ["describe(Adapter, () => { test('by class', () => {}) })", ['Adapter > by class']],
  ["test('outer', () => { helper.test('not a test') })", ['outer']],
  ['conformance({ test: 1 })', [DYNAMIC_TESTS]],
  ["describe('s', () => { conformance() })", [`s > ${DYNAMIC_TESTS}`]],
  ["describe('s', () => { conformance() }); test('a', () => {})", [`s > ${DYNAMIC_TESTS}`, 'a']],
  ["function suite2() { test('inside a helper', () => {}) } suite2()", ['inside a helper']],
])('%s', (source, expected) => {
  expect(outline(source)).toEqual(expected);
});

test('TypeScript syntax and a broken file are both survived', () => {
  expect(outline("const a = <T,>(x: T): T => x satisfies unknown as T; test('typed', () => {})")).toEqual([
    'typed',
  ]);
  expect(outline("test('a', () => {")).toEqual([DYNAMIC_TESTS]);
});

test('locations are those of the call', () => {
  const [, second] = collectStatically('a.test.ts', "test('a', () => {});\n  test('b', () => {});\n");
  expect(second?.location).toEqual({ line: 2, column: 3 });
});
