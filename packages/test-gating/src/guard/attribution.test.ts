import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject, type Outcome } from '../testing/project.fixture.js';

const DIAL = `
import net from 'node:net';
import { afterAll, afterEach, aroundEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
const dial = () => new Promise((resolve) => net.connect(9, '192.0.2.1').on('error', resolve));
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

/** Each file's tests, and those of them that must fail; everything else in it must pass. */
const FILES: Record<string, { source: string; blamed: readonly string[] }> = {
  'thrown.test.ts': {
    source: `test('guilty', async () => { throw await dial(); }); test('innocent', () => {});`,
    blamed: ['guilty'],
  },
  'swallowed.test.ts': {
    source: `test('guilty', async () => { await dial(); }); test('innocent', () => {});`,
    blamed: ['guilty'],
  },
  'expected-to-fail.test.ts': {
    source: `test.fails('guilty', async () => { await dial(); throw new Error('expected'); }); test('innocent', () => {});`,
    blamed: ['guilty'],
  },
  'skips-itself.test.ts': {
    source: `test('guilty', async (context) => { await dial(); context.skip('not today'); }); test('innocent', () => {});`,
    blamed: ['guilty'],
  },
  'passes-on-retry.test.ts': {
    source: `test('guilty', { retry: 2 }, async ({ task }) => { if (!task.result.retryCount) { await dial(); throw new Error('once'); } });`,
    blamed: ['guilty'],
  },
  'concurrent.test.ts': {
    source: `describe.concurrent('together', () => {
      test('innocent', () => rest(40));
      test('guilty', async () => { await rest(10); await dial(); await rest(10); });
      test('innocent too', () => rest(20));
    });`,
    blamed: ['together > guilty'],
  },
  'hooks.test.ts': {
    source: `describe('before', () => { beforeEach(() => dial()); test('guilty', () => {}); });
    describe('after', () => { afterEach(() => dial()); test('guilty', () => {}); });
    describe('around', () => { aroundEach(async (run) => { await run(); await dial(); }); test('guilty', () => {}); });
    test('innocent', () => {});`,
    blamed: ['before > guilty', 'after > guilty', 'around > guilty'],
  },
  'fixtures.test.ts': {
    source: `const made = test.extend({ thing: async ({}, use) => { await dial(); await use(1); } });
    const torn = test.extend({ thing: async ({}, use) => { await use(1); await dial(); } });
    made('guilty at setup', ({ thing }) => {});
    torn('guilty at teardown', ({ thing }) => {});
    test('innocent', () => {});`,
    blamed: ['guilty at setup', 'guilty at teardown'],
  },
  'on-finished.test.ts': {
    source: `test('guilty', () => { onTestFinished(() => dial()); }); test('innocent', () => {});`,
    blamed: ['guilty'],
  },
  'late-timer.test.ts': {
    source: `test('guilty', () => { setTimeout(dial, 20); }); test('innocent', () => rest(60));`,
    blamed: ['guilty'],
  },
  'import.test.ts': { source: `await dial(); test('innocent', () => {});`, blamed: ['(file)'] },
  'before-all.test.ts': {
    source: `beforeAll(() => dial()); test('innocent', () => {});`,
    blamed: ['(file)'],
  },
  'after-all.test.ts': { source: `afterAll(() => dial()); test('innocent', () => {});`, blamed: ['(file)'] },
  'variables.test.ts': {
    source: `test('guilty', () => { process.env.GROQ_API_KEY = 'x'; });
    test('stubs it', () => { vi.stubEnv('GROQ_API_KEY', 'x'); expect(process.env.GROQ_API_KEY).toBe('x'); });`,
    blamed: ['guilty'],
  },
};

let project: FixtureProject;
beforeAll(() => {
  project = createFixtureProject({
    ...Object.fromEntries(Object.entries(FILES).map(([path, { source }]) => [path, DIAL + source])),
    '.env': 'GROQ_API_KEY=x\n',
  });
});
afterAll(() => project.remove());

function failedIn(outcome: Outcome, file: string): string[] {
  const tests = outcome.ledger?.tests.filter((each) => each.file === file && each.status === 'failed') ?? [];
  return tests.map(({ name }) => name);
}

describe.each([
  ['forks', ['--pool=forks', '--maxWorkers=2']],
  ['threads without isolation', ['--pool=threads', '--no-isolate', '--maxWorkers=1']],
  ['vmThreads', ['--pool=vmThreads']],
])('in the pool %s', (_pool, args) => {
  test('each attempt fails the test that made it, and no other', async () => {
    const outcome = await project.vitest(args);
    expect(outcome.exitCode).toBe(3);
    for (const [file, { blamed }] of Object.entries(FILES)) {
      expect({ file, failed: failedIn(outcome, file).sort() }).toEqual({ file, failed: [...blamed].sort() });
    }
    expect(outcome.ledger?.guard.active).toBe(outcome.ledger?.guard.workers);
  }, 60_000);
});

test('the message names what was tried, the marker, the flag, the target and a way to mock it', async () => {
  project.write('nx.json', '{}');
  const outcome = await project.vitest(['swallowed.test.ts']);
  const failure = outcome.ledger?.tests.find(({ status }) => status === 'failed')?.failure;
  expect(failure).toMatchObject({ class: 'harness', code: 'ERR_DRYDOCK_BLOCKED' });
  expect(failure?.detail).toMatch(
    /TCP connection to 192\.0\.2\.1:9 .*swallowed\.test\.ts:4:.*integration.*--run-integration.*nx run-many -t integration.*mock/s,
  );
}, 30_000);
