import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { oldNames, ROWS } from './old-names.js';

const rows = {
  identifiers: { '': { Wish: 'ConnectTarget' }, 'packages/a/': { take: 'orSkip' } },
  files: { doors: 'bindings' },
  words: { mechanism: 'defect' },
};

const found = async (file: string, text: string) =>
  (await oldNames.run(planted({ [ROWS]: rows, [file]: text }))).map(({ where, what }) => `${where} ${what}`);

it.each([
  [
    'an identifier',
    'packages/a/b.ts',
    '\nconst { Wish } = x;',
    "packages/a/b.ts:2 'Wish' is called 'ConnectTarget' now",
  ],
  [
    'a type in a test',
    'packages/a/b.test.ts',
    'let a: Wish;',
    "packages/a/b.test.ts:1 'Wish' is called 'ConnectTarget' now",
  ],
  [
    'an identifier of one folder',
    'packages/a/b.ts',
    'take();',
    "packages/a/b.ts:1 'take' is called 'orSkip' now",
  ],
  ['a file', 'packages/a/doors.test.ts', '', "packages/a/doors.test.ts:1 'doors' is called 'bindings' now"],
  ['a word in a message', 'a.cts', "say('1 Mechanism');", "a.cts:1 'mechanism' is called 'defect' now"],
  [
    'a word in a template',
    'a.ts',
    'say(`${a} mechanism ${b}`);',
    "a.ts:1 'mechanism' is called 'defect' now",
  ],
  ['a word in prose', 'README.md', '\nA **mechanism**.', "README.md:2 'mechanism' is called 'defect' now"],
])('finds %s', async (_, file, text, violation) => {
  expect(await found(file, text)).toEqual([violation]);
});

it.each([
  ['a part of an identifier', 'a.ts', 'const WishList = 1;'],
  ['an identifier outside of its folder', 'packages/b/b.ts', 'take();'],
  ['an old name in a comment or a text', 'a.ts', "say('Wish'); // Wish"],
  ['an id', 'a.ts', "type Class = 'mechanism'; const mechanism = 1;"],
  ['code in prose', 'README.md', '`mechanism` [a](mechanism.md)\n```ts\nmechanism\n```'],
  ['data', 'a.json', '"a mechanism"'],
])('leaves %s alone', async (_, file, text) => {
  expect(await found(file, text)).toEqual([]);
});

it('finds each row of its list', async () => {
  const text = readFileSync(join(import.meta.dirname, 'old-names.json'), 'utf8');
  const { identifiers, files } = JSON.parse(text) as typeof rows;
  const scopes = Object.entries(identifiers).map(([start, names]) => [
    `${start}a.ts`,
    Object.keys(names).join(';'),
  ]);
  const named = Object.keys(files).map((name) => [`${name}.ts`, '']);
  const tree = Object.fromEntries([...scopes, ...named]);
  expect(await oldNames.run(planted({ ...tree, [ROWS]: text }))).toHaveLength(
    [...Object.values(identifiers), files].flatMap((names) => Object.keys(names)).length,
  );
});
