import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { documentedExports } from './documented-exports.js';

const manifest = (name: string, extra = {}) => ({
  name,
  exports: { '.': { default: './dist/index.js' } },
  ...extra,
});

it('finds exported symbols and options without a comment, through re-exports', async () => {
  const found = await documentedExports.run(
    planted({
      'tsconfig.base.json': { compilerOptions: { module: 'nodenext', types: [], noLib: true } },
      'packages/a/package.json': manifest('a'),
      'packages/a/src/index.ts':
        "export { documented, bare } from './impl.js'; export type { AOptions } from './impl.js';",
      'packages/a/src/impl.ts': [
        '/** Says so. */',
        'export const documented = 1;',
        'export function bare() {}',
        'export const internal = 1;',
        '/** Options. */',
        'export interface AOptions<T> {',
        '  /** Says so. */',
        '  one: 1;',
        '  two: T;',
        '}',
      ].join('\n'),
      'tools/b/package.json': manifest('b', { private: true }),
      'tools/b/src/index.ts': 'export const free = 1;',
    }),
  );
  expect(found.map(({ where, what }) => `${where} ${what.split(' ')[0]}`)).toEqual([
    "packages/a/src/impl.ts:3 'bare'",
    "packages/a/src/impl.ts:9 'two'",
  ]);
});
