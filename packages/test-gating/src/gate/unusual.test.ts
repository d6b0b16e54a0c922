import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const HEADER = "import { bench, test } from 'vitest';\nimport { ran } from './ran.mjs';\n";

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

function configWith(options: string): string {
  return `import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock()], test: { ${options} } };`;
}

test('a misspelt tag runs nothing where unknown tags are let through', async () => {
  project = createFixtureProject({
    'vitest.config.ts': configWith('strictTags: false'),
    'a.test.ts': `${HEADER}test('a', { tags: ['integraton'] }, () => ran('misspelt'));`,
    'b.test.ts': `${HEADER}test('b', { tags: ['nightly'] }, () => ran('of its own'));`,
  });
  const outcome = await project.vitest();
  expect(outcome.ran).toEqual(['of its own']);
  expect(outcome.exitCode).toBe(3);
  expect(outcome.stderr).toContain("Unknown marker 'integraton'. Did you mean 'integration'?");
}, 30_000);

test('a level finds tests whose markers another file names', async () => {
  project = createFixtureProject({
    'tags.ts': "export const TAGS = { db: 'integration' };",
    'a.test.ts': `${HEADER}import { TAGS } from './tags.js';
test('stores', { tags: [TAGS.db] }, () => ran('stores'));`,
  });
  const outcome = await project.vitest([], { DRYDOCK_LEVEL: 'integration' });
  expect(outcome.ran).toEqual(['stores']);
}, 30_000);

test('a node id names a test that has a :: in its name', async () => {
  project = createFixtureProject({
    'a.test.ts': `${HEADER}test('listens on ::1', () => ran('one')); test('another', () => ran('other'));`,
  });
  const outcome = await project.drydock(['run', 'a.test.ts::listens on ::1']);
  expect(outcome.ran).toEqual(['one']);
}, 30_000);

test('benchmarks run as without the plugin, and gated ones are not imported', async () => {
  const benchmark = (name: string) =>
    `${HEADER}ran('${name}');\nbench('sums', () => {}, { time: 1, warmupTime: 1 });`;
  project = createFixtureProject({
    'a.bench.ts': benchmark('plain'),
    'b.integration.bench.ts': benchmark('gated'),
    'bench.mjs': `import { startVitest } from 'vitest/node';
const vitest = await startVitest('benchmark', [], { watch: false });
await vitest.close();`,
  });
  const outcome = await project.node(['bench.mjs']);
  expect(outcome.ran).toEqual(['plain']);
  expect(outcome.exitCode).toBe(0);
}, 30_000);

test('drydock run does not start where no configuration gates anything', async () => {
  project = createFixtureProject({
    'package.json': JSON.stringify({ name: 'fixture', type: 'module', workspaces: ['packages/*'] }),
    'packages/a/package.json': JSON.stringify({ name: 'a', type: 'module' }),
    'packages/a/vitest.config.ts': configWith(''),
    'packages/a/a.integration.test.ts': `import { ran } from '../../ran.mjs';\nran('ungated');`,
  });
  rmSync(join(project.root, 'vitest.config.ts'));
  const outcome = await project.drydock(['run']);
  expect(outcome.ran).toEqual([]);
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain('There is no Vitest configuration in');
}, 30_000);

test('drydock run starts nothing where no configuration has the plugin', async () => {
  project = createFixtureProject({
    'vitest.config.ts': 'export default {};',
    'a.integration.test.ts': `${HEADER}ran('top level'); test('a', () => ran('body'));`,
  });
  const outcome = await project.drydock(['run']);
  expect(outcome.ran).toEqual([]);
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain('Add drydock()');
}, 30_000);

test('one project with the plugin gates its siblings without it', async () => {
  project = createFixtureProject({
    'vitest.config.ts': "export default { test: { projects: ['with', 'without'] } };",
    'with/vitest.config.ts': configWith("name: 'with'"),
    'with/a.test.ts': `${HEADER}test('a', () => ran('with'));`,
    'without/vitest.config.ts': "export default { test: { name: 'without' } };",
    'without/a.integration.test.ts': `${HEADER}ran('top level'); test('a', () => ran('without'));`,
  });
  const outcome = await project.drydock(['run']);
  expect(outcome.ran).toEqual(['with']);
  expect(outcome.exitCode).toBe(0);
}, 60_000);

test('drydock run takes a plugin that another file brings', async () => {
  project = createFixtureProject({
    'preset.ts': configWith(''),
    'vitest.config.ts': "export { default } from './preset.js';",
    'a.test.ts': `${HEADER}test('a', () => ran('a'));`,
  });
  const outcome = await project.drydock(['run']);
  expect(outcome.ran).toEqual(['a']);
  expect(outcome.exitCode).toBe(0);
}, 30_000);
