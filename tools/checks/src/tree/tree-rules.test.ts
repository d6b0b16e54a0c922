import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { noMachinePaths, noProjectJson, noRegistryHosts } from './tree-rules.js';

it('finds a project.json', async () => {
  const found = await noProjectJson.run(
    planted({ 'packages/a/project.json': {}, 'packages/a/my-project.json': {} }),
  );
  expect(found.map(({ where }) => where)).toEqual(['packages/a/project.json']);
});

it('finds a registry in the lock file and in npm settings', async () => {
  const found = await noRegistryHosts.run(
    planted({
      'package-lock.json':
        '{\n"a": { "resolved": "packages/a", "link": true },\n"resolved": "https://r.example/a.tgz"\n}',
      '.npmrc': 'fund=false\nregistry=https://r.example/\n',
    }),
  );
  expect(found.map(({ where }) => where)).toEqual(['.npmrc:2', 'package-lock.json:3']);
});

it("finds a machine's own folders", async () => {
  const home = ['', 'home', 'ada', 'src'].join('/');
  const workspace = planted({
    'docs/a.md': `see\n${home}/x\n`,
    'b.ts': '// https://example.org/home/page and ~/x',
  });
  expect((await noMachinePaths.run(workspace)).map(({ where }) => where)).toEqual(['docs/a.md:2']);
  const own = { ...workspace, files: ['c.md'], read: () => `cd ${workspace.root}/packages` };
  expect((await noMachinePaths.run(own)).map(({ where }) => where)).toEqual(['c.md:1']);
});
