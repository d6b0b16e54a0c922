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

it('finds a fixture, a class and a function that only one sibling lacks, whatever name is in them', async () => {
  const found = await twins.run(
    planted({
      ...contract,
      ...backend('red', ['server', 'cases.fixture'], []),
      ...backend('blue', ['server', 'cases.fixture'], []),
      ...backend('green', ['server'], []),
      'packages/store/red/src/server.ts':
        'export class FakeRed {\n}\nexport async function start() {}\nexport const RED = 1;',
      'packages/store/blue/src/server.ts':
        'export class FakeBlue extends Fake {\n}\nexport function start() {}',
      'packages/store/green/src/server.ts': 'export class MemoryGreen {\n}\nexport const RED = 1;',
    }),
  );
  expect(found.map(({ where, what }) => `${where} ${what.split(',')[0]}`)).toEqual([
    'packages/store/green has no src/cases.fixture.ts',
    'packages/store/green has no src/server.ts Fake<Name>',
    'packages/store/green has no src/server.ts start',
  ]);
});

it('knows a name of several words in all its forms', async () => {
  const found = await twins.run(
    planted({
      ...contract,
      ...backend('red', ['server'], []),
      ...backend('blue', ['server'], []),
      ...backend('sea-green', ['server'], []),
      'packages/store/red/src/server.ts': 'export function createRed() {}\nexport const RED_PORT = 1;',
      'packages/store/blue/src/server.ts': 'export function createBlue() {}\nexport const BLUE_PORT = 1;',
      'packages/store/sea-green/src/server.ts':
        'export function createSeaGreen() {}\nexport const SEA_GREEN_PORT = 1;',
    }),
  );
  expect(found).toEqual([]);
});

it('accepts a difference that says why, and finds a reason that is needed no longer', async () => {
  const lacks = { 'src/errors.ts': 'has none', 'src/server.ts Fake<Name>': 'has none', 'src/gone.ts': 'old' };
  const found = await twins.run(
    planted({
      ...contract,
      ...backend('red', ['red-adapter', 'errors', 'server'], []),
      ...backend('blue', ['blue-adapter', 'errors', 'server'], []),
      ...backend('green', ['green-adapter', 'server'], []),
      'packages/store/red/src/server.ts': 'export class FakeRed {\n}',
      'packages/store/blue/src/server.ts': 'export class FakeBlue {\n}',
      'packages/store/green/twins.json': { lacks },
    }),
  );
  expect(found).toEqual([
    { where: 'packages/store/green/twins.json', what: expect.stringContaining('src/gone.ts') },
  ]);
});

it('finds exports and members in another order than in the first sibling', async () => {
  const blue =
    'export interface BlueOptions {\n  readonly url?: string;\n  own(): void;\n  timeoutMs: number;\n}';
  const red = 'export interface RedOptions {\n  timeoutMs: number;\n  readonly url?: string;\n}';
  const found = await twins.run(
    planted({
      ...contract,
      ...backend('blue', ['options'], []),
      ...backend('red', ['options'], []),
      'packages/store/blue/src/options.ts': `${blue}\nexport const A = 1;\nexport function b() {}`,
      'packages/store/red/src/options.ts': `export function b() {}\n${red}\nexport const A = 1;`,
    }),
  );
  expect(found).toEqual([
    {
      where: 'packages/store/red/src/options.ts',
      what: 'names b, <Name>Options, A; its sibling blue has <Name>Options, A, b',
    },
    {
      where: 'packages/store/red/src/options.ts <Name>Options',
      what: 'names timeoutMs, url; its sibling blue has url, timeoutMs',
    },
  ]);
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
