import { type CorpusProject, single } from '../corpus-project.fixture.js';

const PASSES = `test('passes', () => {})`;

function hook(name: string, body: string, more: Partial<CorpusProject> = {}): CorpusProject {
  return single(name, `an error in a hook: ${name}`, body, { prints: ['hook-broke'], ...more });
}

/** Hooks that fail, and tests that stand behind them. */
export const hooks: readonly CorpusProject[] = [
  hook('before-all-of-a-file', `beforeAll(() => { throw new Error('hook-broke') }); ${PASSES}`, {
    everyWay: true,
  }),
  hook(
    'before-all-of-a-suite',
    `describe('a', () => { beforeAll(() => { throw new Error('hook-broke') }); ${PASSES} })`,
  ),
  hook(
    'before-all-beside-passed',
    `describe('a', () => { beforeAll(() => { throw new Error('hook-broke') }); ${PASSES} }); test('b', () => {})`,
  ),
  hook('after-all-of-a-file', `afterAll(() => { throw new Error('hook-broke') }); ${PASSES}`),
  hook(
    'after-all-of-a-suite',
    `describe('a', () => { afterAll(() => { throw new Error('hook-broke') }); ${PASSES} })`,
  ),
  hook('before-each', `beforeEach(() => { throw new Error('hook-broke') }); ${PASSES}`),
  hook('after-each', `afterEach(() => { throw new Error('hook-broke') }); ${PASSES}`),
  hook('cleanup-of-before-each', `beforeEach(() => () => { throw new Error('hook-broke') }); ${PASSES}`),
  hook('cleanup-of-before-all', `beforeAll(() => () => { throw new Error('hook-broke') }); ${PASSES}`),
  hook(
    'on-test-finished',
    `test('a', ({ onTestFinished }) => { onTestFinished(() => { throw new Error('hook-broke') }) })`,
  ),
  hook(
    'on-test-failed',
    `test('a', ({ onTestFailed }) => { onTestFailed(() => {}); throw new Error('hook-broke') })`,
  ),
  hook(
    'fixture-set-up',
    `test.extend({ one: async ({}, use) => { throw new Error('hook-broke') } })('a', ({ one }) => {})`,
  ),
  hook(
    'fixture-tear-down',
    `test.extend({ one: async ({}, use) => { await use(1); throw new Error('hook-broke') } })('a', ({ one }) => {})`,
  ),
  single(
    'hook-times-out',
    'a hook that never ends',
    `beforeAll(() => new Promise(() => {}), 50); ${PASSES}`,
    // Triage lays a hook that times out at the test's own set-up, which is the harness.
    { prints: ['timed out in 50ms'], code: 3 },
  ),
  single('test-times-out', 'a test that never ends', `test('a', () => new Promise(() => {}), 50)`, {
    prints: ['timed out in 50ms'],
    everyWay: true,
  }),
  hook('throws-at-import', `throw new Error('hook-broke'); ${PASSES}`, { everyWay: true }),
  hook('import-of-what-throws', `import './broken.js'; ${PASSES}`, {
    files: { 'broken.js': "throw new Error('hook-broke')" },
  }),
  single('import-of-nothing', 'an import that does not resolve', `import './nowhere.js'; ${PASSES}`, {
    prints: ['nowhere.js'],
  }),
  single('syntax-error', 'a file that does not parse', `test('a', () => {`, { prints: ['a.test.js'] }),
  hook('throws-in-describe', `describe('a', () => { throw new Error('hook-broke') }); ${PASSES}`),
  hook(
    'rejects-in-describe',
    `describe('a', async () => { await sleep(1); throw new Error('hook-broke') }); ${PASSES}`,
  ),
  single('test-within-a-test', 'a test declared inside another', `test('a', () => { test('b', () => {}) })`),
  single(
    'duplicate-failures',
    'two tests of one name, one of which fails',
    `test('a', () => {}); test('a', () => { throw new Error('second-a') })`,
    { prints: ['second-a'] },
  ),
  single(
    'skipped-hook-stays-quiet',
    'a hook of a skipped suite does not run',
    `describe.skip('a', () => { beforeAll(() => { throw new Error('x') }); ${PASSES} }); test('b', () => {})`,
  ),
];
