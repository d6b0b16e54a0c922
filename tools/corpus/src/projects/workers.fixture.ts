import { type CorpusProject, single } from '../corpus-project.fixture.js';

const PASSES = `test('passes', () => {})`;

/** Workers and processes that end before their tests do. */
export const workers: readonly CorpusProject[] = [
  single('process-exit', 'a test that ends its process', `test('a', () => { process.exit(0) })`, {
    everyWay: true,
    prints: ['process.exit'],
  }),
  single(
    'process-exit-1',
    'a test that ends its process with a code',
    `test('a', () => { process.exit(1) })`,
    { prints: ['process.exit'] },
  ),
  single('exit-at-top-level', 'a file that ends its process', `process.exit(0); ${PASSES}`, {
    prints: ['process.exit'],
  }),
  single(
    'killed',
    'a worker killed by a signal',
    `test('a', async () => { process.kill(process.pid, 'SIGKILL'); await sleep(1000) })`,
    { test: "pool: 'forks'", everyWay: true },
  ),
  single(
    'terminated',
    'a worker ended by SIGTERM',
    `test('a', async () => { process.kill(process.pid, 'SIGTERM'); await sleep(1000) })`,
    { test: "pool: 'forks'" },
  ),
  single('aborts', 'a worker that aborts', `test('a', () => { process.abort() })`, { test: "pool: 'forks'" }),
  single(
    'killed-beside-passed',
    'a worker killed beside a file that passes',
    `test('a', async () => { process.kill(process.pid, 'SIGKILL'); await sleep(1000) })`,
    { test: "pool: 'forks'", files: { 'b.test.js': PASSES } },
  ),
  single(
    'killed-after-the-tests',
    'a worker killed by a hook after its tests',
    `${PASSES}; afterAll(async () => { process.kill(process.pid, 'SIGKILL'); await sleep(1000) })`,
    { test: "pool: 'forks'" },
  ),
  single(
    'out-of-memory',
    'a worker without memory',
    `test('a', () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)) })`,
    { test: "pool: 'forks', execArgv: ['--max-old-space-size=40']" },
  ),
  single(
    'reallyExit',
    'a worker that ends itself behind Vitest’s back',
    `test('a', () => { process.reallyExit(0) })`,
    { test: "pool: 'forks'" },
  ),
  single(
    'exit-code-set',
    'a test that sets the exit code of its worker',
    `test('a', () => { process.exitCode = 7 })`,
  ),
  single(
    'chdir',
    'a test that leaves its folder',
    `test('a', () => { process.chdir('/'); throw new Error('elsewhere') })`,
    { test: "pool: 'forks'", prints: ['elsewhere'] },
  ),
  single('worker-thread-exits', 'a thread that ends itself', `test('a', () => { process.exit(0) })`, {
    test: "pool: 'threads'",
    prints: ['process.exit'],
  }),
  single(
    'listeners-removed',
    'a test that removes all listeners of the process',
    `test('a', async () => { process.removeAllListeners('unhandledRejection'); Promise.reject(new Error('no-listener')); await sleep(40) })`,
    { everyWay: true, prints: ['no-listener'] },
  ),
];
