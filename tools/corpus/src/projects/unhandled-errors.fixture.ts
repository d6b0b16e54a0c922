import { type CorpusProject, single } from '../corpus-project.fixture.js';

const SLEEP = 'await sleep(30);';
const POOLS = ['forks', 'threads', 'vmForks', 'vmThreads'] as const;

/** Errors that no test catches: Vitest fails the run for each, whatever the tests said. */
export const unhandledErrors: readonly CorpusProject[] = [
  ...POOLS.map((pool) =>
    single(
      `rejection-in-${pool}`,
      `an unhandled rejection in the pool ${pool}`,
      `async function save() { throw new TypeError('lost-in-${pool}') }
       test('saves', async () => { save(); ${SLEEP} })`,
      { test: `pool: '${pool}'`, prints: [`lost-in-${pool}`], everyWay: pool === 'forks' },
    ),
  ),
  ...POOLS.map((pool) =>
    single(
      `timer-throws-in-${pool}`,
      `an uncaught exception in the pool ${pool}`,
      `test('starts a timer', async () => { setTimeout(() => { throw new Error('late-in-${pool}') }, 1); ${SLEEP} })`,
      { test: `pool: '${pool}'`, prints: [`late-in-${pool}`] },
    ),
  ),
  single(
    'rejection-at-top-level',
    'an unhandled rejection while a file is collected',
    `Promise.reject(new Error('top-level')); await sleep(20); test('passes', () => {})`,
    { prints: ['top-level'] },
  ),
  single(
    'timer-throws-at-top-level',
    'an uncaught exception while a file is collected',
    `setTimeout(() => { throw new Error('top-timer') }, 1); await sleep(20); test('passes', () => {})`,
    { everyWay: true, prints: ['top-timer'] },
  ),
  single(
    'rejection-after-the-test',
    'an unhandled rejection between two tests',
    `test('leaves', () => { setTimeout(() => Promise.reject(new Error('between')), 20) });
     test('waits', async () => { await sleep(60) })`,
    { prints: ['between'] },
  ),
  single(
    'rejection-in-after-all',
    'an unhandled rejection in a hook',
    `afterAll(async () => { Promise.reject(new Error('in-hook')); ${SLEEP} }); test('passes', () => {})`,
    { everyWay: true, prints: ['in-hook'] },
  ),
  single(
    'emitter-error',
    "an EventEmitter's error without a listener",
    `import { EventEmitter } from 'node:events';
     test('emits', async () => { setTimeout(() => new EventEmitter().emit('error', new Error('emitted')), 1); ${SLEEP} })`,
    { everyWay: true, prints: ['emitted'] },
  ),
  single(
    'rejects-with-a-string',
    'an unhandled rejection that is not an Error',
    `test('rejects', async () => { Promise.reject('only-a-string'); ${SLEEP} })`,
    { everyWay: true, prints: ['only-a-string'] },
  ),
  single(
    'rejects-with-undefined',
    'an unhandled rejection with nothing',
    `test('rejects', async () => { Promise.reject(undefined); ${SLEEP} })`,
  ),
  single(
    'rejects-with-a-frozen-error',
    'an unhandled error that cannot be written to',
    `test('rejects', async () => { Promise.reject(Object.freeze(new Error('frozen-error'))); ${SLEEP} })`,
    { prints: ['frozen-error'] },
  ),
  single(
    'rejects-with-a-hostile-error',
    'an unhandled error whose message throws',
    `test('rejects', async () => {
       const error = new Error('x'); Object.defineProperty(error, 'message', { get() { throw new Error('no message') } });
       Promise.reject(error); ${SLEEP} })`,
  ),
  single(
    'rejects-with-a-circular-cause',
    'an unhandled error that is its own cause',
    `test('rejects', async () => { const error = new Error('circular-cause'); error.cause = error; Promise.reject(error); ${SLEEP} })`,
    { prints: ['circular-cause'], runCode: 3 },
  ),
  single(
    'rejection-with-an-assertion',
    'an assertion that nobody awaits',
    `test('asserts', async () => { expect(Promise.resolve(1)).resolves.toBe(2); ${SLEEP} })`,
    { everyWay: true, prints: ['expected 1 to be 2'] },
  ),
  single(
    'rejection-beside-a-failure',
    'an unhandled error beside a failed test',
    `test('fails', async () => { Promise.reject(new Error('beside')); ${SLEEP} expect(1).toBe(2) })`,
    { prints: ['beside', 'expected 1 to be 2'] },
  ),
  single(
    'rejection-in-the-second-file',
    'an unhandled rejection in a worker that ran a file before',
    `test('passes', () => {})`,
    {
      everyWay: true,
      test: 'fileParallelism: false, isolate: false',
      prints: ['second-file'],
      files: {
        'b.test.js': `test('rejects', async () => { Promise.reject(new Error('second-file')); ${SLEEP} })`,
      },
    },
  ),
  single(
    'rejection-in-a-nested-suite',
    'an unhandled rejection deep in suites',
    `describe('a', () => describe('b', () => test('c', async () => { Promise.reject(new Error('nested')); ${SLEEP} })))`,
    { prints: ['nested'] },
  ),
  single(
    'rejection-in-a-concurrent-test',
    'an unhandled rejection beside concurrent tests',
    `describe.concurrent('a', () => {
       test('one', async () => { Promise.reject(new Error('concurrent')); ${SLEEP} });
       test('two', async () => { ${SLEEP} }) })`,
    { prints: ['concurrent'] },
  ),
  single(
    'dangerously-ignored',
    'unhandled errors that the configuration ignores stay ignored',
    `test('rejects', async () => { Promise.reject(new Error('ignored')); ${SLEEP} })`,
    { test: 'dangerouslyIgnoreUnhandledErrors: true' },
  ),
  single(
    'filtered-unhandled-error',
    'unhandled errors that `onUnhandledError` filters out stay out',
    `test('rejects', async () => { Promise.reject(new Error('filtered')); ${SLEEP} })`,
    { test: 'onUnhandledError: () => false' },
  ),
  single(
    'own-listener',
    "a project's own listener handles the error",
    `process.on('unhandledRejection', () => {});
     test('rejects', async () => { Promise.reject(new Error('handled')); ${SLEEP} })`,
  ),
  single(
    'listener-removed-again',
    'a listener that a test took away again',
    `test('rejects', async () => {
       const listener = () => {}; process.on('unhandledRejection', listener); process.off('unhandledRejection', listener);
       Promise.reject(new Error('after-removal')); ${SLEEP} })`,
    { prints: ['after-removal'] },
  ),
  single(
    'rejection-with-fake-timers',
    'an unhandled rejection under fake timers',
    `test('rejects', async () => { vi.useFakeTimers(); Promise.reject(new Error('fake-timers')); vi.useRealTimers(); ${SLEEP} })`,
    { prints: ['fake-timers'] },
  ),
  single(
    'setup-file-rejects',
    'an unhandled rejection in a setup file',
    `test('passes', async () => { ${SLEEP} })`,
    {
      test: "setupFiles: ['./setup.js']",
      prints: ['in-setup'],
      files: { 'setup.js': "Promise.reject(new Error('in-setup'))" },
    },
  ),
];
