import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { exportsExist } from './exports-exist.js';

it('finds an entry point and a program without a source', async () => {
  const found = await exportsExist.run(
    planted({
      'packages/a/package.json': {
        name: 'a',
        bin: { a: 'bin/a.js', b: 'bin/b.js' },
        exports: {
          '.': { types: './dist/index.d.ts', default: './dist/index.js' },
          './gone': { default: './dist/gone/index.js' },
          './hook': { types: './dist/hook.d.cts', default: './dist/hook.cjs' },
          './package.json': './package.json',
        },
      },
      'packages/a/src/index.ts': '',
      'packages/a/src/hook.cts': '',
      'packages/a/bin/a.js': '',
    }),
  );
  expect(found.map(({ what }) => what)).toEqual([
    'exports["./gone"] leads to dist/gone/index.js, but src/gone/index.ts does not exist',
    'bin leads to bin/b.js, but bin/b.js does not exist',
  ]);
});
