import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { namesInTables } from './names-in-tables.js';

const found = async (path: string, text: string) =>
  (
    await namesInTables.run(
      planted({
        'packages/storage/redis/package.json': { name: 'r', drydock: { backend: 'redis' } },
        'packages/llm/groq/package.json': { name: 'g', drydock: { provider: 'groq' } },
        [path]: text,
      }),
    )
  ).map(({ where }) => where);

const FILE = 'packages/triage/src/a.ts';

it.each([
  ['an identifier', 'export const REDIS_URL = 1;'],
  ['a text', "\nexport const a = 'such as Redis';"],
  ['a pattern', 'export const a = /^rediss:/;'],
  ['a template', 'export const a = `${1} groq ${2}`;'],
  ['a key', 'export const a = { groq: 1 };'],
])('finds a backend or provider in %s', async (_, text) => {
  expect(await found(FILE, text)).toEqual([`${FILE}:${text.startsWith('\n') ? 2 : 1}`]);
});

it('leaves comments, tables, tests, and the package itself alone', async () => {
  expect(await found(FILE, '/** As errors name it: `redis`. */\nexport const a = 1; // groq')).toEqual([]);
  for (const path of [
    'packages/triage/src/tables/a.ts',
    'packages/redaction/src/shapes/a.ts',
    'packages/workspace/src/well-known-variables.ts',
    'packages/triage/src/a.test.ts',
    'packages/storage/redis/src/a.ts',
  ])
    expect(await found(path, "export const a = 'redis';"), path).toEqual([]);
});

it('takes the names from the manifests', async () => {
  expect(await found(FILE, "export const a = 'mongodb';")).toEqual([]);
  expect(
    await namesInTables.run(
      planted({
        'packages/x/package.json': { name: 'x', drydock: { backend: 'mongodb' } },
        [FILE]: "export const a = 'mongodb';",
      }),
    ),
  ).toHaveLength(1);
});
