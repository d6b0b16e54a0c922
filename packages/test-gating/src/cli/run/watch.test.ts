import { expect, it } from 'vitest';
import { createFixtureProject } from '../../testing/project.fixture.js';

it.each([
  [['--json'], '--watch and --json do not go together'],
  [['--failed'], '--watch and --failed do not go together'],
  [['--require', 'integration'], '--watch and --require do not go together'],
])('a watching run with %j is wrong usage', async (flags, message) => {
  const project = createFixtureProject({
    'a.test.js': `import { test } from 'vitest'; test('a', () => {});`,
  });
  const { exitCode, stderr } = await project.drydock(['run', '--watch', ...flags]);
  project.remove();
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

it('in a workspace of Nx it wants one package', async () => {
  const project = createFixtureProject({
    'nx.json': '{}',
    'package.json': JSON.stringify({ name: 'acme', private: true, workspaces: ['packages/*'] }),
    'packages/shop/package.json': JSON.stringify({ name: 'shop' }),
  });
  const { exitCode, stderr } = await project.drydock(['run', '--watch']);
  project.remove();
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--watch follows one package');
});
