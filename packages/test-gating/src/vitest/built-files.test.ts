import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

test('what lies in a dist folder is left out below the root and beside a package.json, and nowhere else', async () => {
  const saying = (what: string, up: string) =>
    `import { test } from 'vitest';\nimport { ran } from '${up}ran.mjs';\ntest('says', () => ran('${what}'));`;
  project = createFixtureProject({
    'src/dist/near.test.ts': saying('source', '../../'),
    'dist/built.test.js': saying('built', '../'),
    'packages/a/package.json': '{ "name": "a" }',
    'packages/a/dist/lib/built.test.js': saying('built of a package', '../../../../'),
    'packages/a/src/dist/far.test.ts': saying('source of a package', '../../../../'),
  });
  const outcome = await project.vitest();
  expect([...outcome.ran].sort()).toEqual(['source', 'source of a package']);
  const explained = await project.drydock(['explain', '--json']);
  expect((JSON.parse(explained.stdout) as { file: string }[]).map(({ file }) => file)).toEqual([
    'packages/a/src/dist/far.test.ts',
    'src/dist/near.test.ts',
  ]);
}, 60_000);
