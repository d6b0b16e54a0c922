import { type CorpusProject, single } from '../corpus-project.fixture.js';

const PASSES = `test('passes', () => {})`;
const FAILS = `test('fails', () => { throw new Error('config-fault') })`;

/** What a configuration, set-up and tear-down may add to a verdict. */
export const configuration: readonly CorpusProject[] = [
  single(
    'bail',
    'a run that stops at the first failure',
    `${FAILS}; test('b', () => {}); test('c', () => { throw new Error('never') })`,
    { everyWay: true, test: 'bail: 1', prints: ['config-fault'] },
  ),
  single(
    'retry-that-helps',
    'a pass on retry',
    `let n = 0; test('flaky', () => { n += 1; expect(n).toBe(2) })`,
    { everyWay: true, test: 'retry: 2' },
  ),
  single('retry-that-does-not', 'a failure in spite of retries', FAILS, {
    test: 'retry: 2',
    prints: ['config-fault'],
  }),
  single(
    'retry-of-one-test',
    'a retry set on the test',
    `let n = 0; test('flaky', { retry: 1 }, () => { n += 1; expect(n).toBe(2) })`,
  ),
  single(
    'repeats',
    'a test that fails in a repetition',
    `let n = 0; test('a', { repeats: 2 }, () => { n += 1; expect(n).not.toBe(2) })`,
    { prints: ['not to be 2'] },
  ),
  single('global-setup-throws', 'a global set-up that fails', PASSES, {
    test: "globalSetup: './global.js'",
    prints: ['global-broke'],
    runCode: 3,
    files: { 'global.js': "export function setup() { throw new Error('global-broke') }" },
  }),
  single('global-teardown-throws', 'a global tear-down that fails', PASSES, {
    everyWay: true,
    test: "globalSetup: './global.js'",
    prints: ['teardown-broke'],
    files: { 'global.js': "export function setup() { return () => { throw new Error('teardown-broke') } }" },
  }),
  single('global-setup-missing', 'a global set-up that is not there', PASSES, {
    test: "globalSetup: './nowhere.js'",
    runCode: 3,
  }),
  single('setup-file-throws', 'a set-up file that fails', PASSES, {
    test: "setupFiles: './setup.js'",
    prints: ['setup-broke'],
    files: { 'setup.js': "throw new Error('setup-broke')" },
    everyWay: true,
  }),
  single('setup-file-missing', 'a set-up file that is not there', PASSES, {
    test: "setupFiles: './nowhere.js'",
  }),
  single('setup-file-hook-throws', 'a hook of a set-up file that fails', PASSES, {
    test: "setupFiles: './setup.js'",
    prints: ['setup-hook-broke'],
    files: {
      'setup.js':
        "import { afterAll } from 'vitest'; afterAll(() => { throw new Error('setup-hook-broke') })",
    },
  }),
  single('environment-missing', 'an environment that is not installed', PASSES, {
    test: "environment: 'nowhere'",
  }),
  single('unknown-flag', 'a flag that Vitest does not know', PASSES, {
    args: ['--no-such-flag'],
    runCode: 2,
  }),
  single('reporter-missing', 'a reporter that does not exist', PASSES, {
    args: ['--reporter=./nowhere.js'],
    runCode: 3,
  }),
  single('reporter-throws', 'a reporter that fails', PASSES, {
    test: "reporters: ['default', './reporter.js']",
    runCode: 3,
    files: { 'reporter.js': "export default class { onTestRunEnd() { throw new Error('reporter-broke') } }" },
  }),
  single('typo-in-config', 'a pool that does not exist', PASSES, { test: "pool: 'nowhere'" }),
  single('changed-without-git', 'a run of what changed where nothing is known', PASSES, {
    args: ['--changed'],
  }),
  single('shard', 'a shard that holds the failure', FAILS, {
    args: ['--shard=1/1'],
    prints: ['config-fault'],
  }),
  single('shard-beyond', 'a shard without a file', PASSES, { args: ['--shard=2/2'] }),
  single('projects', 'a project of a workspace that fails', PASSES, {
    everyWay: true,
    test: "projects: [{ test: { name: 'one', include: ['a.test.js'] } }, { test: { name: 'two', include: ['b.test.js'] } }]",
    files: { 'b.test.js': FAILS },
    prints: ['config-fault'],
  }),
  single('projects-unhandled', 'an unhandled error in one project of two', PASSES, {
    test: "projects: [{ test: { name: 'one', include: ['a.test.js'] } }, { test: { name: 'two', include: ['b.test.js'] } }]",
    files: {
      'b.test.js': `test('b', async () => { Promise.reject(new Error('in-project-two')); await sleep(30) })`,
    },
    prints: ['in-project-two'],
  }),
  single('project-filter', 'a project that is chosen by name', FAILS, {
    test: "projects: [{ test: { name: 'one', include: ['b.test.js'] } }, { test: { name: 'two', include: ['a.test.js'] } }]",
    files: { 'b.test.js': PASSES },
    args: ['--project=two'],
    prints: ['config-fault'],
  }),
  single('no-isolate', 'a failure in a worker that is shared', PASSES, {
    test: 'isolate: false',
    files: { 'b.test.js': FAILS },
    prints: ['config-fault'],
  }),
  single('no-file-parallelism', 'a failure where files run in turn', PASSES, {
    test: 'fileParallelism: false',
    files: { 'b.test.js': FAILS },
    prints: ['config-fault'],
  }),
  single('shuffled', 'a failure among shuffled tests', `${PASSES}; ${FAILS}`, {
    test: 'sequence: { shuffle: true, seed: 7 }',
    prints: ['config-fault'],
  }),
  single(
    'mode-and-alias',
    'a failure behind an alias',
    `import { value } from '@value'; test('a', () => { expect(value).toBe(2) })`,
    {
      test: "alias: { '@value': new URL('./value.js', import.meta.url).pathname }",
      files: { 'value.js': 'export const value = 1' },
      prints: ['expected 1 to be 2'],
    },
  ),
  single('in-source', 'a test inside a source file', PASSES, {
    test: "includeSource: ['source.js']",
    files: {
      'source.js':
        "if (import.meta.vitest) { const { test } = import.meta.vitest; test('inside', () => { throw new Error('in-source-fault') }) }",
    },
    prints: ['in-source-fault'],
  }),
  single(
    'globals',
    'tests that use globals',
    `globalThis.test('a', () => { throw new Error('by-globals') })`,
    { test: 'globals: true', prints: ['by-globals'] },
  ),
  single(
    'tag-filter',
    'a filter by tag',
    `test('a', { tags: ['mine'] }, () => { throw new Error('tagged') }); test('b', () => {})`,
    { test: "tags: [{ name: 'mine' }]", args: ['--tags-filter=mine'], prints: ['tagged'] },
  ),
  single('unknown-tag', 'a tag that nobody defined', `test('a', { tags: ['nobodys'] }, () => {})`, {
    prints: ['nobodys'],
    code: 3,
  }),
  single('slow-teardown', 'a worker that keeps a timer', `setInterval(() => {}, 1000); ${PASSES}`, {
    test: 'teardownTimeout: 500',
  }),
  single(
    'console-fails',
    'a run whose tests print much',
    `test('a', () => { console.log('x'.repeat(100000)); console.error('noise'); throw new Error('after-noise') })`,
    { prints: ['after-noise'] },
  ),
  single('typecheck', 'a type that does not fit', PASSES, {
    test: "typecheck: { enabled: true, include: ['**/*.test-d.ts'] }",
    files: {
      'a.test-d.ts':
        "import { expectTypeOf, test } from 'vitest'; test('a type', () => { expectTypeOf(1).toBeString() })",
      'tsconfig.json':
        '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022" } }',
    },
    prints: ['a.test-d.ts'],
  }),
  single('typecheck-passes', 'types that fit', PASSES, {
    test: "typecheck: { enabled: true, include: ['**/*.test-d.ts'] }",
    files: {
      'a.test-d.ts':
        "import { expectTypeOf, test } from 'vitest'; test('a type', () => { expectTypeOf(1).toBeNumber() })",
      'tsconfig.json':
        '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022" } }',
    },
  }),
];
