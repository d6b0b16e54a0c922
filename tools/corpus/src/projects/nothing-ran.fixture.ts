import { type CorpusProject, single } from '../corpus-project.fixture.js';

const GATED = { 'a.integration.test.js': `test('asks a server', () => {})` };

/** Runs in which no test passed or failed: none of them proves anything. */
export const nothingRan: readonly CorpusProject[] = [
  single('empty-file', 'a file without a test', ``, {
    prints: ['No test suite found'],
    named: true,
    everyWay: true,
  }),
  single('comment-only', 'a file that holds a comment', `// later`, { prints: ['No test suite found'] }),
  single('empty-suite', 'a suite without a test', `describe('a', () => {})`, {
    prints: ['No test found in suite'],
  }),
  single('empty-beside-passed', 'a file without a test beside one that passes', `test('passes', () => {})`, {
    files: { 'b.test.js': '' },
    prints: ['No test suite found'],
  }),
  {
    name: 'no-test-file',
    witnesses: 'a project without a test file',
    files: { 'a.js': '' },
    prints: ['No test files found'],
    code: 3,
  },
  {
    name: 'no-test-file-allowed',
    witnesses: 'a project without a test file that says so itself',
    files: { 'a.js': '' },
    test: 'passWithNoTests: true',
  },
  single('filter-matches-no-file', 'a path filter that matches nothing', `test('passes', () => {})`, {
    args: ['nothing-of-this-name'],
    code: 3,
    prints: ['No test files found'],
  }),
  single('filter-matches-no-test', 'a name filter that matches nothing', `test('passes', () => {})`, {
    args: ['-t', 'nothing-of-this-name'],
    code: 3,
  }),
  single(
    'all-skipped',
    'tests that are all skipped',
    `test.skip('a', () => {}); describe.skip('b', () => { test('c', () => {}) })`,
    {
      code: 3,
      nxCode: 0,
      everyWay: true,
    },
  ),
  single(
    'all-skipped-allowed',
    '`passWithNoTests` does not count for skipped tests',
    `test.skip('a', () => {})`,
    {
      test: 'passWithNoTests: true',
      code: 3,
    },
  ),
  single('all-todo', 'tests that are all to be written', `test.todo('a')`, { code: 3 }),
  single(
    'skipped-from-inside',
    'a test that skips itself',
    `test('a', (context) => { context.skip('not here') })`,
    { code: 3 },
  ),
  single(
    'skip-if',
    'a condition that skips all',
    `test.skipIf(true)('a', () => {}); test.runIf(false)('b', () => {})`,
    { code: 3 },
  ),
  {
    name: 'all-gated',
    witnesses: 'tests that are all gated',
    files: GATED,
    code: 3,
  },
  {
    name: 'gated-in-nx',
    witnesses: 'a task of Nx whose tests are all gated is not red',
    files: { ...GATED, 'b.slow.test.js': `test('takes long', () => {})` },
    code: 3,
    nxCode: 0,
    everyWay: true,
  },
  single(
    'only-on-a-gated-test',
    '`.only` left on a gated test beside a broken one',
    `test('breaks', () => { throw new Error('broken') }); test.only('server', { tags: ['integration'] }, () => {})`,
    {
      code: 3,
    },
  ),
  single(
    'only-beside-a-failure',
    '`.only` that hides a failure is plain Vitest’s to say',
    `test('breaks', () => { throw new Error('broken') }); test.only('passes', () => {})`,
  ),
  single('only-in-ci', '`.only` where it is not allowed', `test.only('passes', () => {})`, {
    everyWay: true,
    test: 'allowOnly: false',
    prints: ['Unexpected .only'],
  }),
  single('named-file-is-gated', 'a path that was named and did not run', `test('passes', () => {})`, {
    files: GATED,
    args: ['a.integration.test.js'],
    code: 3,
  }),
  single(
    'one-skipped-one-passed',
    'a skipped test beside one that passes',
    `test.skip('a', () => {}); test('b', () => {})`,
  ),
];
