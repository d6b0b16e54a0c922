import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFixtureProject } from '../testing/project.fixture.js';

const project = createFixtureProject({
  'a.test.ts': `import { test } from 'vitest'; test('passes', () => {});`,
  'a.bench.ts': `import { bench } from 'vitest'; bench('runs', () => {}, { time: 1, iterations: 1, warmupTime: 1 });`,
});
const vitest = join(project.root, 'node_modules/vitest/vitest.mjs');

afterAll(() => project.remove());

test.each([
  ['a run', ['run'], {}, 0],
  ['a list of the tests', ['list'], {}, 0],
  ['a benchmark', ['bench', '--run'], {}, 0],
  ['bad usage', ['run'], { DRYDOCK_SELECT: 'nonsense' }, 2],
])('%s leaves nothing in the folder for temporary files', async (what, args, env, code) => {
  const TMPDIR = join(project.root, what);
  mkdirSync(TMPDIR);
  const { exitCode } = await project.node([vitest, ...args], { ...env, TMPDIR });
  expect(exitCode).toBe(code);
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith('drydock'))).toEqual([]);
});
