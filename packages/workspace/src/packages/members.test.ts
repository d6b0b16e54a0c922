import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { discoverVariables } from '../discover-variables.js';
import { UsageError } from '../usage-error.js';
import { listMembers, listPackages } from './members.js';
import { findProject } from './project.js';
import { planted, type Tree } from './tree.fixture.js';

const MEMBERS: Tree = {
  'packages/a/package.json': { name: '@acme/a', drydock: { variables: { A_URL: { kind: 'url' } } } },
  'packages/b/package.json': { name: '@acme/b' },
  'packages/b/node_modules/c/package.json': { name: 'c' },
  'packages/notes/readme.md': 'no package',
  'other/d/package.json': { name: 'd' },
};
const root = (fields: object) => ({ 'package.json': { name: 'acme', private: true, ...fields } });
const YAML = 'packages:\n  - packages/*\n  - "!packages/old"\n';

const WORKSPACES: Readonly<Record<string, Tree>> = {
  npm: { ...root({ workspaces: ['packages/*'] }), 'package-lock.json': '{}' },
  'npm without a lock file': root({ workspaces: ['./packages/*/'] }),
  Yarn: { ...root({ workspaces: { packages: ['packages/*'] } }), 'yarn.lock': '' },
  Bun: { ...root({ workspaces: ['packages/*', '!packages/old'] }), 'bun.lock': '' },
  pnpm: { ...root({}), 'pnpm-workspace.yaml': YAML, 'packages/old/package.json': { name: 'old' } },
  'pnpm that counts its root': { ...root({}), 'pnpm-workspace.yaml': 'packages: [".", "packages/**"]\n' },
  'pnpm beside a field for others': {
    ...root({ workspaces: ['other/*'] }),
    'pnpm-workspace.yaml': YAML,
  },
  Lerna: { ...root({}), 'lerna.json': { version: '1.0.0', packages: ['packages/*'] } },
};

describe.each(Object.entries(WORKSPACES))('a workspace of %s', (_, tree) => {
  test('has its members by path, then its root', () => {
    const folder = planted({ ...MEMBERS, ...tree });
    const found = listPackages(folder).map((each) => [each.name, relative(folder, each.root)]);
    expect(found).toEqual([
      ['@acme/a', 'packages/a'],
      ['@acme/b', 'packages/b'],
      ['acme', ''],
    ]);
  });

  test('is found from inside a member, and knows the variables of all', () => {
    const folder = planted({ ...MEMBERS, ...tree });
    const project = findProject(`${folder}/packages/b`);
    expect(project).toMatchObject({ name: '@acme/b', workspaceRoot: folder });
    expect(discoverVariables(listPackages(project.workspaceRoot))).toHaveProperty('A_URL');
  });
});

test.each([
  ['empty', ''],
  ['comments alone', '# onlyBuiltDependencies: []\n'],
  ['settings alone', 'linkWorkspacePackages: true\n'],
])('a package whose pnpm-workspace.yaml holds %s is alone', (_, yaml) => {
  const folder = planted({ ...MEMBERS, ...root({}), 'pnpm-workspace.yaml': yaml });
  expect(listMembers(folder)).toEqual([]);
  expect(listPackages(folder).map(({ name }) => name)).toEqual(['acme']);
});

test.each<[string, Tree, string]>([
  ['its own package.json', { 'package.json': '{' }, 'package.json cannot be read: '],
  ["a member's package.json", { 'packages/a/package.json': '{' }, 'The packages of the workspace '],
  ['pnpm-workspace.yaml', { 'pnpm-workspace.yaml': 'packages: [' }, 'The packages of the workspace '],
  [
    'a field of a member',
    { 'packages/a/package.json': { drydock: { varables: {} } } },
    "drydock has the unknown key 'varables'. Did you mean 'variables'?",
  ],
])('a mistake in %s is a usage error', (_, broken, message) => {
  const folder = planted({ ...MEMBERS, ...root({ workspaces: ['packages/*'] }), ...broken });
  expect(() => listPackages(folder)).toThrow(UsageError);
  expect(() => listPackages(folder)).toThrow(message);
});
