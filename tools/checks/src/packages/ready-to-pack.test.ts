import { expect, it } from 'vitest';
import { planted, type Tree } from '../planted.fixture.js';
import { readyToPack } from './ready-to-pack.js';

const HOME = 'https://git.example/us/it';
const READY = {
  name: '@d/a',
  version: '0.1.0',
  keywords: ['a'],
  license: 'MIT',
  homepage: `${HOME}/tree/HEAD/packages/a#readme`,
  bugs: `${HOME}/issues`,
  repository: { type: 'git', url: `git+${HOME}.git`, directory: 'packages/a' },
  sideEffects: ['./dist/start.cjs'],
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './start': { types: './dist/start.d.cts', default: './dist/start.cjs' },
    './package.json': './package.json',
  },
  dependencies: { '@d/b': '0.2.0', other: '*' },
  devDependencies: { '@d/b': '*' },
};

const faultsOf = async (manifest: object, files: Tree = {}) => {
  const workspace = planted({
    'package.json': { license: 'MIT', repository: { type: 'git', url: `git+${HOME}.git` } },
    LICENSE: 'Do what you like.',
    'packages/a/package.json': { ...READY, ...manifest },
    'packages/a/LICENSE': 'Do what you like.',
    'packages/a/README.md': `[b](${HOME}/blob/HEAD/README.md) [limits](#limits)`,
    'packages/a/src/index.ts': 'export const a = 1;',
    'packages/a/src/start.cts': 'process.exitCode = 1;',
    'packages/b/package.json': { name: '@d/b', version: '0.2.0', private: true },
    ...files,
  });
  return (await readyToPack.run(workspace)).map(({ where, what }) => `${where}: ${what.split(';')[0]}`);
};

it('accepts a package that has all it needs, and one that is private', async () => {
  expect(await faultsOf({})).toEqual([]);
});

it.each([
  ['a license of its own', { license: 'ISC' }, 'license is not "MIT"'],
  ['another homepage', { homepage: HOME }, `homepage is not "${READY.homepage}"`],
  ['no address for bugs', { bugs: undefined }, `bugs is not "${READY.bugs}"`],
  [
    'a repository without its folder',
    { repository: { type: 'git', url: `git+${HOME}.git` } },
    `repository is not ${JSON.stringify(READY.repository)}`,
  ],
  ['effects that it denies', { sideEffects: false }, 'sideEffects is not ["./dist/start.cjs"]'],
  ['no keywords', { keywords: [] }, 'keywords is empty'],
  ['a manifest that nobody can import', { exports: READY.exports['.'] }, 'exports lacks "./package.json"'],
  [
    'a sibling in any version',
    { dependencies: { '@d/b': '*' } },
    '@d/b is needed as *, but its version is 0.2.0',
  ],
  [
    'a sibling beside it in another version',
    { peerDependencies: { '@d/b': '0.1.0' } },
    '@d/b is needed as 0.1.0, but its version is 0.2.0',
  ],
])('finds %s', async (_, manifest, fault) => {
  expect(await faultsOf(manifest)).toContain(`packages/a/package.json: ${fault}`);
});

it('finds a license that differs from that of the repository, and a relative link', async () => {
  const files = { 'packages/a/LICENSE': '', 'packages/a/README.md': 'See\n[b](../b) and [c](src/c.ts).' };
  expect(await faultsOf({}, files)).toEqual([
    "packages/a/LICENSE: differs from the root's LICENSE",
    'packages/a/README.md:2: links to ../b, which npm does not show',
    'packages/a/README.md:2: links to src/c.ts, which npm does not show',
  ]);
});
