import { type CorpusProject, single } from '../corpus-project.fixture.js';

/** Failures of assertions, of every sort that Vitest has. */
export const assertions: readonly CorpusProject[] = [
  single('plain-failure', 'a failed assertion', `test('a', () => { expect(1).toBe(2) })`, {
    prints: ['expected 1 to be 2'],
    everyWay: true,
    named: true,
  }),
  single('plain-pass', 'a test that passes', `test('a', () => { expect(1).toBe(1) })`, {
    everyWay: true,
    named: true,
  }),
  single(
    'assertions-too-few',
    'fewer assertions than were announced',
    `test('a', () => { expect.assertions(2); expect(1).toBe(1) })`,
    { everyWay: true, prints: ['expected number of assertions to be 2'] },
  ),
  single(
    'has-assertions',
    'no assertion where one was announced',
    `test('a', () => { expect.hasAssertions() })`,
    { prints: ['expected any number of assertion'] },
  ),
  single('require-assertions', 'a configuration that asks for assertions', `test('a', () => {})`, {
    test: 'expect: { requireAssertions: true }',
    prints: ['expected any number of assertion'],
  }),
  single(
    'soft',
    'a soft assertion',
    `test('a', () => { expect.soft(1).toBe(2); expect.soft('x').toBe('y') })`,
    { prints: ['expected 1 to be 2'] },
  ),
  single(
    'poll',
    'a polled assertion',
    `test('a', async () => { await expect.poll(() => 1, { timeout: 60, interval: 10 }).toBe(2) })`,
    { prints: ['expected 1 to be 2'] },
  ),
  single(
    'unreachable',
    'a place that must not be reached',
    `test('a', () => { expect.unreachable('was-reached') })`,
    { prints: ['was-reached'] },
  ),
  single('fails-and-fails', '`.fails` on a test that fails', `test.fails('a', () => { expect(1).toBe(2) })`),
  single(
    'fails-and-passes',
    '`.fails` on a test that passes',
    `test.fails('a', () => { expect(1).toBe(1) })`,
    { everyWay: true, prints: ['Expect test to fail'] },
  ),
  single(
    'snapshot-differs',
    'a stored snapshot that differs',
    `test('a', () => { expect({ a: 1 }).toMatchSnapshot() })`,
    {
      everyWay: true,
      files: {
        '__snapshots__/a.test.js.snap':
          '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`a 1`] = `\n{\n  "a": 2,\n}\n`;\n',
      },
      prints: ['Snapshot'],
    },
  ),
  single(
    'snapshot-missing-in-ci',
    'a snapshot that CI must not write',
    `test('a', () => { expect({ a: 1 }).toMatchSnapshot() })`,
    { args: ['--update=none'], prints: ['Snapshot'] },
  ),
  single('snapshot-obsolete', 'a snapshot that nobody asks for', `test('a', () => { expect(1).toBe(1) })`, {
    files: {
      '__snapshots__/a.test.js.snap':
        '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`b 1`] = `1`;\n',
    },
  }),
  single(
    'inline-snapshot-differs',
    'an inline snapshot that differs',
    `test('a', () => { expect(1).toMatchInlineSnapshot('2') })`,
    { prints: ['Snapshot'] },
  ),
  single(
    'file-snapshot-differs',
    'a file snapshot that differs',
    `test('a', async () => { await expect('one').toMatchFileSnapshot('./a.txt') })`,
    { files: { 'a.txt': 'two' }, args: ['--update=none'] },
  ),
  single('throws-a-string', 'a test that throws a text', `test('a', () => { throw 'only-text' })`, {
    prints: ['only-text'],
  }),
  single('throws-null', 'a test that throws nothing', `test('a', () => { throw null })`),
  single(
    'throws-an-object',
    'a test that throws an object',
    `test('a', () => { throw { reason: 'an-object' } })`,
  ),
  single(
    'throws-an-aggregate',
    'a test that throws several errors',
    `test('a', () => { throw new AggregateError([new Error('first-of-two'), new Error('second-of-two')], 'both') })`,
  ),
  single(
    'error-with-a-getter',
    'an error whose properties throw',
    `test('a', () => { const e = new Error('with-getter'); Object.defineProperty(e, 'more', { enumerable: true, get() { throw new Error('no') } }); throw e })`,
    { prints: ['with-getter'] },
  ),
  single(
    'each',
    'one row of a table that fails',
    `test.each([1, 2, 3])('row %i', (n) => { expect(n).not.toBe(2) })`,
    { everyWay: true, prints: ['row 2'] },
  ),
  single(
    'for',
    'one row of `test.for` that fails',
    `test.for([[1, 1], [1, 2]])('%i is %i', ([a, b]) => { expect(a).toBe(b) })`,
    { prints: ['1 is 2'] },
  ),
  single(
    'spy-not-called',
    'a spy that was not called',
    `test('a', () => { expect(vi.fn()).toHaveBeenCalled() })`,
    { prints: ['to be called'] },
  ),
  single(
    'promise-rejects',
    'a test whose promise rejects',
    `test('a', async () => { await sleep(1); throw new Error('async-fault') })`,
    { prints: ['async-fault'] },
  ),
  single(
    'done-callback',
    'a test that takes a callback',
    `test('a', (context) => new Promise((_, reject) => setTimeout(() => reject(new Error('by-callback')), 1)))`,
    { prints: ['by-callback'] },
  ),
  single(
    'sequential-in-concurrent',
    'a failure among concurrent tests',
    `describe.concurrent('a', () => { test('b', async () => { await sleep(5) }); test('c', async () => { await sleep(1); throw new Error('among-many') }) })`,
    { prints: ['among-many'] },
  ),
  single(
    'stub-left-behind',
    'a stub that breaks the next test',
    `test('a', () => { vi.stubGlobal('JSON', undefined) }); test('b', () => { JSON.parse('1') })`,
    {},
  ),
  single(
    'custom-matcher',
    'a matcher of the project’s own that fails',
    `expect.extend({ toBeOdd: (n) => ({ pass: n % 2 === 1, message: () => 'not-odd ' + n }) }); test('a', () => { expect(2).toBeOdd() })`,
    { prints: ['not-odd 2'] },
  ),
];
