import { expect, it } from 'vitest';
import { planted, type Tree } from '../planted.fixture.js';
import { twins } from './twins.js';

const backend = (name: string, files: string[], exported: string[]): Tree =>
  Object.fromEntries([
    [`packages/store/${name}/package.json`, { name, dependencies: { contract: '*' } }],
    [
      `packages/store/${name}/src/index.ts`,
      exported.map((file) => `export * from './${file}.js';`).join('\n'),
    ],
    ...files.map((file) => [`packages/store/${name}/src/${file}.ts`, '']),
  ]);

const contract = {
  'packages/store/contract/package.json': { name: 'contract' },
  'packages/store/contract/src/x.ts': '',
};

it('finds a file that only one sibling lacks', async () => {
  const found = await twins.run(
    planted({
      ...contract,
      ...backend('red', ['red-adapter', 'errors', 'own'], []),
      ...backend('blue', ['blue-adapter', 'errors'], []),
      ...backend('green', ['green-adapter'], []),
    }),
  );
  expect(found).toEqual([{ where: 'packages/store/green', what: expect.stringContaining('src/errors.ts') }]);
});

it('accepts a difference that says why', async () => {
  const found = await twins.run(
    planted({
      ...contract,
      ...backend('red', ['red-adapter', 'errors'], []),
      ...backend('blue', ['blue-adapter', 'errors'], []),
      ...backend('green', ['green-adapter'], []),
      'packages/store/green/twins.json': { lacks: { 'src/errors.ts': 'has none' } },
    }),
  );
  expect(found).toEqual([]);
});

it('finds files in another order than in the first sibling', async () => {
  const found = await twins.run(
    planted({
      ...contract,
      ...backend('blue', [], ['blue-adapter', 'errors', 'schema']),
      ...backend('red', [], ['schema', 'red-adapter', 'own']),
    }),
  );
  expect(found.map(({ where }) => where)).toEqual(['packages/store/red/src/index.ts']);
});
