import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../ledger/schema.js';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const FILES = {
  'plain.test.ts': `import { describe, test } from 'vitest';
import { ran } from './ran.mjs';
test('one', () => ran('one'));
describe('suite', () => { test('two', () => ran('two')); test('three', { tags: ['slow'] }, () => ran('three')); });
test.skip('left out', () => ran('left out'));
`,
  'server.integration.test.ts': `import { test } from 'vitest';
import { ran } from './ran.mjs';
ran('module');
test('reaches', () => ran('reaches'));
`,
};

let project: FixtureProject;
beforeAll(() => {
  project = createFixtureProject(FILES);
});
afterAll(() => project.remove());

test.each([
  [['run'], ['one', 'two']],
  [
    ['run', '--run-slow'],
    ['one', 'two', 'three'],
  ],
  [
    ['run', '--run-integration', '-m', 'integration'],
    ['module', 'reaches'],
  ],
  [
    ['run', '--level', 'integration'],
    ['module', 'reaches'],
  ],
  [['run', 'plain.test.ts::one'], ['one']],
  [['run', 'plain.test.ts::suite::two'], ['two']],
  [
    ['run', 'plain.test.ts::suite', '--run-slow'],
    ['two', 'three'],
  ],
  [['run', '-t', 'two'], ['two']],
  [['run', '--', '--reporter=dot', '-t', 'one'], ['one']],
])(
  'drydock %j runs %j',
  async (args, expected) => {
    const outcome = await project.drydock(args);
    expect(outcome.stderr).toBe('');
    expect([...outcome.ran].sort()).toEqual([...expected].sort());
    expect(outcome.exitCode).toBe(0);
  },
  30_000,
);

test.each([
  [
    ['run', '--run-integraton'],
    "error: unknown option '--run-integraton'",
    '(Did you mean --run-integration?)',
  ],
  [['run', '-m', 'integraton'], "unknown marker 'integraton'", "Did you mean 'integration'?"],
  [['run', '-t', 'one ('], '-t one ( is not a pattern', 'as in -t'],
  [['run', '--allow-host', 'http://db1'], '--allow-host http://db1 is not a host', 'db1:5432'],
  [
    ['run', '--allow-host', '169.254.169.254:80'],
    '169.254.169.254:80: a cloud’s metadata service',
    'never allowed',
  ],
  [['run', '--allow-host', 'db1', 'nowhere.test.ts'], 'nowhere.test.ts', 'no such file or folder'],
  [['run', '--level', 'slo'], "Unknown level 'slo'", "Did you mean 'slow'?"],
  [['run', '--', '--repoter=dot'], 'Vitest has no flag --repoter.', 'Did you mean --reporter?'],
  [['run', '--', '--no-bogus', '-Z'], 'Vitest has no flag --bogus.', 'npx vitest run --help'],
  [['explain', '--run-slwo'], "error: unknown option '--run-slwo'", '(Did you mean --run-slow?)'],
  [['run', 'nowhere.test.ts'], 'nowhere.test.ts', 'no such file or folder'],
  [['run', '--require', 'integraton'], '--require integraton: no marker', "Did you mean 'integration'?"],
  [['run', '--require', 'nothing-like-it'], 'no marker, backend or test has this name', 'drydock explain'],
  [['rnu'], "error: unknown command 'rnu'", '(Did you mean run?)'],
])(
  'drydock %j ends with 2 and says %s',
  async (args, ...messages) => {
    const outcome = await project.drydock(args);
    expect(outcome.exitCode).toBe(2);
    for (const message of messages) expect(outcome.stderr).toContain(message);
    expect(outcome.ran).toEqual([]);
  },
  30_000,
);

test('a misspelt marker in the name of a file is wrong usage', async () => {
  const other = createFixtureProject({ 'a.integraton.test.ts': FILES['plain.test.ts'] });
  const outcome = await other.drydock(['run']).finally(() => other.remove());
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain(
    "unknown marker 'integraton' in the file's name. Did you mean 'integration'?",
  );
  expect(outcome.ran).toEqual([]);
}, 30_000);

test.each([
  [{ DRYDOCK_LEVEL: 'integration' }, ['module', 'reaches']],
  [{ DRYDOCK_RUN: 'slow' }, ['one', 'two', 'three']],
  [{ DRYDOCK_NAME: 'two' }, ['two']],
  [{ DRYDOCK_EXPRESSION: 'not slow' }, ['one', 'two']],
])(
  '%j says the same as the flag',
  async (env, expected) => {
    const outcome = await project.drydock(['run'], env as Record<string, string>);
    expect([...outcome.ran].sort()).toEqual([...expected].sort());
  },
  30_000,
);

test.each([
  [{ DRYDOCK_RUN: 'integraton' }, "Unknown marker 'integraton' in DRYDOCK_RUN. Did you mean 'integration'?"],
  [{ DRYDOCK_LEVEL: 'slo' }, "Unknown level 'slo'. Did you mean 'slow'?"],
  [{ DRYDOCK_NAME: 'one (' }, 'DRYDOCK_NAME=one ( is not a pattern.'],
])(
  'a plain vitest run with %j ends with 2 too',
  async (env, message) => {
    const noted = join(project.root, 'usage.txt');
    const outcome = await project.vitest([], { ...env, DRYDOCK_DRIVEN: project.root } as Record<
      string,
      string
    >);
    expect(outcome).toMatchObject({ exitCode: 2, ran: [] });
    expect(outcome.stderr).toContain(message);
    // A task of Nx tells the run around it in this way, since Nx ends with 1 for every failure.
    expect(readFileSync(noted, 'utf8')).toContain(message);
    rmSync(noted);
  },
  30_000,
);

test('a malformed variable is wrong usage, named without any part of its value', async () => {
  const outcome = await project.drydock(['run', '--run-integration'], { POSTGRES_URL: 'nonsense' });
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain('POSTGRES_URL');
  expect(outcome.stdout + outcome.stderr).not.toContain('nonsense');
}, 30_000);

test.each([
  [['--require', 'integration'], {}, 'none of its tests ran'],
  [['--require', 'slow', '--run-slow'], {}, undefined],
  [['--require', 'plain.test.ts'], {}, 'left out was skipped'],
  [['--require', 'plain.test.ts::one'], {}, undefined],
  [['--require', 'plain.test.ts::suite'], {}, undefined],
])(
  'drydock run %j',
  async (args, env, problem) => {
    const outcome = await project.drydock(['run', ...args], env);
    expect(outcome.exitCode).toBe(problem === undefined ? 0 : 3);
    if (problem !== undefined) expect(outcome.stdout).toContain(problem);
  },
  30_000,
);

test('--json prints the ledger alone on standard output', async () => {
  const outcome = await project.drydock(['run', '--json']);
  const ledger = JSON.parse(outcome.stdout) as Ledger;
  expect(ledger.totals).toEqual({ passed: 2, failed: 0, gated: 2, skipped: 1, unavailable: 0 });
}, 30_000);

test('a level at which nothing runs is not green', async () => {
  const outcome = await project.drydock(['run', '--level', 'llm-real']);
  expect(outcome.exitCode).toBe(3);
}, 30_000);

test.each([
  [['plain.test.ts::on'], "plain.test.ts::on: no test of that name at this level. Did you mean 'one'?"],
  [['-t', 'nothing like it'], '-t nothing like it: no test of such a name ran'],
  [['-m', 'slow and not slow'], '-m "slow and not slow": no test matches'],
])(
  'drydock run %j is not green, since nothing answers to it',
  async (args, problem) => {
    const outcome = await project.drydock(['run', ...args]);
    expect(outcome).toMatchObject({ exitCode: 3, ran: [] });
    expect(outcome.stdout).toContain(problem);
  },
  30_000,
);

test.each([
  [[], ['one', 'suite > two']],
  [['--run-slow'], ['one', 'suite > two', 'suite > three']],
  [['--run-integration', '-m', 'integration'], ['reaches']],
  [['-t', 'suite t'], ['suite > two']],
  [['plain.test.ts::suite', '--run-slow', '-t', 'three'], ['suite > three']],
])(
  'explain %j says what run with the same flags would run',
  async (args, expected) => {
    const outcome = await project.drydock(['explain', '--json', ...args]);
    const listed = JSON.parse(outcome.stdout) as { name: string; fate: string }[];
    expect(listed.filter(({ fate }) => fate === 'runs').map(({ name }) => name)).toEqual(expected);
  },
  30_000,
);

test('explain lists every test and runs none', async () => {
  const outcome = await project.drydock(['explain', '--json']);
  expect(outcome.ran).toEqual([]);
  expect(JSON.parse(outcome.stdout)).toContainEqual({
    file: 'server.integration.test.ts',
    name: 'reaches',
    markers: ['integration'],
    fate: expect.stringContaining('--run-integration'),
  });
}, 30_000);

test('drydock --version prints the version of the package', async () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const { stdout, exitCode } = await project.drydock(['--version']);
  expect([stdout.trim(), exitCode]).toEqual([manifest.version, 0]);
});
