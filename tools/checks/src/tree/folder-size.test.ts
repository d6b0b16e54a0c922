import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { folderSize } from './folder-size.js';

const files = (folder: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/f${index}.ts`, '']));

it('finds a folder with too many files of code directly in it', async () => {
  const found = await folderSize.run(
    planted({
      ...files('packages/a/src', 25),
      'packages/a/src/data.json': '{}',
      ...files('packages/a/src/deeper', 26),
      ...files('docs/adr', 26),
    }),
  );
  expect(found.map(({ where, what }) => `${where} ${what.split(';')[0]}`)).toEqual([
    'packages/a/src/deeper 26 files',
  ]);
});
