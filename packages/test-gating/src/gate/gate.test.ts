import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerTest } from '../ledger/schema.js';
import { createFixtureProject, type FixtureProject, type Outcome } from '../testing/project.fixture.js';

/** The table "who needs which grant", written out: which marker sets run at which target. */
const RUNS_AT: Record<string, readonly string[]> = {
  test: [''],
  slow: ['', 'slow'],
  integration: ['integration'],
  'llm-real': ['llm-real'],
};
const MARKER_SETS = ['', 'slow', 'integration', 'integration slow', 'llm-real'];

/** Every way to write a test that could lift a gate. */
const STYLES: Record<string, (name: string, tags: string) => string> = {
  plain: (name, tags) => `test('${name}', { tags: ${tags} }, () => ran('${name}'));`,
  'skip false': (name, tags) => `test('${name}', { tags: ${tags}, skip: false }, () => ran('${name}'));`,
  concurrent: (name, tags) => `test.concurrent('${name}', { tags: ${tags} }, async () => ran('${name}'));`,
  each: (name, tags) => `test.each([1])('${name}', { tags: ${tags} }, () => ran('${name}'));`,
  'each template': (name, tags) =>
    `test.each\`n\n\${1}\`('${name}', { tags: ${tags} }, () => ran('${name}'));`,
  for: (name, tags) => `test.for([1])('${name}', { tags: ${tags} }, () => ran('${name}'));`,
  fails: (name, tags) =>
    `test.fails('${name}', { tags: ${tags} }, () => { ran('${name}'); throw new Error('expected'); });`,
  retry: (name, tags) =>
    `test('${name}', { tags: ${tags}, retry: 1 }, ({ task }) => { ran('${name}'); if (!task.result.retryCount) throw new Error('once'); });`,
  repeats: (name, tags) => `test('${name}', { tags: ${tags}, repeats: 1 }, () => ran('${name}'));`,
  runIf: (name, tags) => `test.runIf(true)('${name}', { tags: ${tags} }, () => ran('${name}'));`,
  nested: (name, tags) =>
    `describe('outer', { tags: ${tags} }, () => { describe('inner', () => { test('${name}', () => ran('${name}')); }); });`,
  'nested concurrent': (name, tags) =>
    `describe.concurrent('outer', { tags: ${tags} }, () => { test('${name}', () => ran('${name}')); });`,
  hooks: (name, tags) => `describe('hooked', { tags: ${tags} }, () => {
    beforeAll(() => { ran('${name}'); return () => ran('${name}'); });
    afterAll(() => ran('${name}'));
    beforeEach(() => ran('${name}'));
    afterEach(() => ran('${name}'));
    aroundEach(async (run) => { ran('${name}'); await run(); });
    test('${name}', () => ran('${name}'));
  });`,
  fixtures: (name, tags) => `{
    const extended = test.extend({ thing: [async ({}, use) => { ran('${name}'); await use(1); ran('${name}'); }, { auto: true }] });
    extended('${name}', { tags: ${tags} }, ({ thing }) => ran('${name}'));
  }`,
};

const HEADER = `import { afterAll, afterEach, aroundEach, beforeAll, beforeEach, describe, test } from 'vitest';
import { ran } from './ran.mjs';
`;

function nameOf(style: string, markers: string): string {
  return `${style}|${markers}`;
}

function fileOf(markers: string): string {
  return `${Object.entries(STYLES)
    .map(([style, write]) =>
      write(nameOf(style, markers), JSON.stringify(markers.split(' ').filter(Boolean))),
    )
    .join('\n')}\n`;
}

const files: Record<string, string> = {};
for (const markers of MARKER_SETS) {
  const label = markers.replace(' ', '-') || 'none';
  files[`tagged-${label}.test.ts`] = HEADER + fileOf(markers);
  files[`only-${label}.test.ts`] =
    `${HEADER}test.only('${nameOf('only', markers)}', { tags: ${JSON.stringify(markers.split(' ').filter(Boolean))} }, () => ran('${nameOf('only', markers)}'));\n`;
  if (markers === '') continue;
  const body = `ran('${nameOf('top level', markers)}');\n${fileOf('').replaceAll("|'", `|${markers}'`)}`;
  files[`suffixed.${markers.replace(' ', '.')}.test.ts`] = HEADER + body;
  files[`module-tagged-${label}.test.ts`] = `/**\n${markers
    .split(' ')
    .map((marker) => ` * ${['@module', 'tag'].join('-')} ${marker}\n`)
    .join('')} */\n${HEADER}${body}`;
}

/** One worker for all files: the styles are what is tried here, the pools further down. */
const QUICK = ['--no-isolate', '--maxWorkers=1'];

let project: FixtureProject;
beforeAll(() => {
  project = createFixtureProject(files);
});
afterAll(() => project.remove());

function markersThatRan({ ran }: Outcome): string[] {
  return [...new Set(ran.map((line) => line.split('|')[1] as string))].sort();
}

function testsMarked(outcome: Outcome, markers: string): LedgerTest[] {
  return (outcome.ledger?.tests ?? []).filter(({ name }) => name.endsWith(`|${markers}`));
}

describe.each(Object.entries(RUNS_AT))('at the target %s', (level, expected) => {
  test('exactly the granted marker sets run, whatever the style, and the rest is gated by name', async () => {
    const outcome = await project.vitest(QUICK, level === 'test' ? {} : { DRYDOCK_LEVEL: level });
    expect(outcome.stderr).toBe('');
    expect(markersThatRan(outcome)).toEqual([...expected].sort());
    for (const markers of MARKER_SETS) {
      const tests = testsMarked(outcome, markers);
      const unmarkedLeftOut = markers === '' && !expected.includes('');
      const styles = new Set(tests.map(({ name }) => name.split(' > ').at(-1)?.split('|')[0]));
      if (unmarkedLeftOut) expect(tests).toEqual([]);
      else expect([...styles].filter((style) => style !== 'only').sort()).toEqual(Object.keys(STYLES).sort());
      const statuses = new Set(tests.map(({ status }) => status));
      if (!unmarkedLeftOut) expect([...statuses]).toEqual([expected.includes(markers) ? 'passed' : 'gated']);
    }
  }, 60_000);
});

test.each([
  ['--run-slow', { DRYDOCK_RUN: 'slow' }, ['', 'slow']],
  ['--run-integration', { DRYDOCK_RUN: 'integration' }, ['', 'integration']],
  [
    '--run-integration --run-slow',
    { DRYDOCK_RUN: 'integration,slow' },
    ['', 'integration', 'integration slow', 'slow'],
  ],
  ['--run-llm-real', { DRYDOCK_RUN: 'llm-real' }, ['', 'llm-real']],
  ['-m llm_real', { DRYDOCK_EXPRESSION: 'llm_real' }, ['llm-real']],
  [
    'integration target with --run-slow',
    { DRYDOCK_LEVEL: 'integration', DRYDOCK_RUN: 'slow' },
    ['integration', 'integration slow', 'slow'],
  ],
  ['keys and addresses alone', { REDIS_URL: 'redis://127.0.0.1:1', GROQ_API_KEY: 'gsk_not_a_key' }, ['']],
])(
  '%s runs exactly what it grants',
  async (_flags, env, expected) => {
    const outcome = await project.vitest(QUICK, env as Record<string, string>);
    expect(markersThatRan(outcome)).toEqual([...expected].sort());
  },
  60_000,
);

test.each([
  ['threads', ['--pool=threads']],
  ['vmThreads', ['--pool=vmThreads']],
  ['vmForks', ['--pool=vmForks']],
  ['forks', ['--pool=forks']],
  ['a name filter', [...QUICK, '-t', 'integration']],
  ['a tag filter', [...QUICK, '--tags-filter=integration']],
  ['retries', [...QUICK, '--retry=2']],
  ['a file and line', ['suffixed.integration.test.ts']],
  ['a shard', [...QUICK, '--shard=1/2']],
])(
  '%s lifts no gate',
  async (_name, args) => {
    const outcome = await project.vitest(args);
    expect(markersThatRan(outcome).filter((markers) => markers !== '')).toEqual([]);
    expect(outcome.ledger?.tests.some(({ status }) => status === 'gated')).toBe(true);
  },
  60_000,
);
