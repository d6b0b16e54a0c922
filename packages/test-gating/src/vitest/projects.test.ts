import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const GATED = `import { test } from 'vitest';
import { ran } from '../../ran.mjs';
ran('module');
test('reaches', () => ran('body'));
`;
const SETUP = `import { ran } from '../../ran.mjs';
export default () => ran('global setup');
`;

function configOf(projects: string): string {
  return `import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';
export default defineConfig({ plugins: [drydock()], test: { projects: ${projects} } });`;
}

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

function workspaceWith(projects: string): FixtureProject {
  project = createFixtureProject({
    'vitest.config.ts': configOf(projects),
    'packages/a/package.json': '{ "name": "a", "type": "module" }',
    'packages/a/a.integration.test.ts': GATED,
    'packages/a/setup.ts': SETUP,
    'packages/a/vitest.config.ts': `export default { test: { name: 'a', globalSetup: './setup.ts' } };`,
    'packages/b/package.json': '{ "name": "b", "type": "module" }',
    'packages/b/b.integration.test.ts': GATED,
  });
  return project;
}

test.each([
  ['in files of their own', `['packages/*']`, [], 2],
  ['in files of their own, with a reporter named', `['packages/*']`, ['--reporter=json'], 2],
  ['inline', `[{ test: { name: 'a', root: './packages/a', globalSetup: './setup.ts' } }]`, [], 1],
  ['inline, extending the root', `[{ extends: true, test: { name: 'a', root: './packages/a' } }]`, [], 1],
  ['of both kinds', `['packages/a', { test: { name: 'b', root: './packages/b' } }]`, [], 2],
])(
  'projects %s are gated, and so is their global setup',
  async (_where, projects, args, gated) => {
    const outcome = await workspaceWith(projects).vitest(args);
    expect(outcome.ran).toEqual([]);
    expect(outcome.ledger?.totals).toMatchObject({ gated, passed: 0, failed: 0 });
  },
  60_000,
);

test('projects that the gate cannot be put in front of do not start', async () => {
  const outcome = await workspaceWith(`['packages/*']`).vitest(['--project', 'a']);
  expect(outcome.ran).toEqual([]);
  expect(outcome.exitCode).not.toBe(0);
  expect(outcome.stderr).toContain('drydock() plugin');
}, 60_000);

test('a grant reaches every project, its global setup included', async () => {
  const outcome = await workspaceWith(`['packages/*']`).vitest([], { DRYDOCK_RUN: 'integration' });
  expect([...outcome.ran].sort()).toEqual(['body', 'body', 'global setup', 'module', 'module']);
}, 60_000);

test('an editor, which drives Vitest through its API, meets the same gate', async () => {
  project = createFixtureProject({
    'packages/a/a.integration.test.ts': GATED,
    'editor.mjs': `import { createVitest } from 'vitest/node';
const vitest = await createVitest('test', { watch: false, reporters: [{}] });
await vitest.collect();
await vitest.start();
await vitest.close();`,
  });
  const outcome = await project.node(['editor.mjs']);
  expect(outcome.ran).toEqual([]);
  expect(outcome.ledger?.totals).toMatchObject({ gated: 1, failed: 0 });
}, 60_000);
