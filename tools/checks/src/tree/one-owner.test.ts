import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { oneOwner } from './one-owner.js';

const found = async (tree: Record<string, string>) =>
  (await oneOwner.run(planted(tree))).map(({ where, what }) => `${where} ${what.split(',')[0]}`);

it.each([
  ["join(root, '.drydock', 'ledger.json')", 'the folder for what runs leave behind'],
  ['`${root}/.drydock/ledger.json`', 'the folder for what runs leave behind'],
  ["const ORDER = ['passed',\n 'failed', 'gated'];", 'the order of statuses'],
  ['const TEST = /\\.(?:test|spec)\\.ts$/;', 'which file is a test'],
  ["const TESTS = '**/*.{test,spec}.ts';", 'which file is a test'],
])('finds a second statement of a fact: %s', async (code, name) => {
  const file = 'packages/storage/a/src/b.ts';
  expect(await found({ [file]: `/**\n * Text.\n */\n${code}` })).toEqual([`${file}:4 states ${name}`]);
});

it('leaves alone the owner, tests, comments, and what only looks alike', async () => {
  expect(
    await found({
      'packages/workspace/src/state-folder.ts': "export const STATE_FOLDER = '.drydock';",
      'packages/a/src/a.test.ts': "expect(folder).toBe('.drydock')",
      'packages/a/src/a.ts': "/**\n * Below `.drydock`.\n */\n  // `.drydock`\nmanifest.drydock['drydock'];",
    }),
  ).toEqual([]);
});
