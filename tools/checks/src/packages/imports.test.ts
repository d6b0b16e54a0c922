import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planted, type Tree } from '../planted.fixture.js';
import { imports } from './imports.js';

const RULES = join(import.meta.dirname, '../../../../.dependency-cruiser.cjs');

/** Runs the workspace's real rules over made-up packages; `[folder, source of index.ts]`. */
async function violationsOf(sources: Readonly<Record<string, string>>): Promise<string[]> {
  const tree: Record<string, string | object> = { '.dependency-cruiser.cjs': '' };
  for (const [file, source] of Object.entries(sources)) {
    tree[file] = source;
    tree[`${file.split('/src/')[0]}/package.json`] = { name: file };
  }
  const workspace = planted(tree satisfies Tree);
  copyFileSync(RULES, join(workspace.root, '.dependency-cruiser.cjs'));
  return (await imports.run(workspace)).map(({ what }) => what.split(':')[0] as string);
}

describe('the arrows between rooms', () => {
  it.each([
    ['leaves', 'packages/redaction', 'packages/storage/contract'],
    ['contracts', 'packages/storage/contract', 'packages/services'],
    ['backends', 'packages/storage/redis', 'packages/test-gating'],
    ['harnessParts', 'packages/services', 'packages/test-gating'],
    ['gate', 'packages/test-gating', 'packages/nx'],
    ['nx', 'packages/nx', 'packages/services'],
  ])('%s do not point up', async (room, from, to) => {
    const found = await violationsOf({
      [`${from}/src/index.ts`]: `export * from '${'../'.repeat(from.split('/').length + 1)}${to}/src/index.js';`,
      [`${to}/src/index.ts`]: 'export const a = 1;',
    });
    expect(found).toContain(`arrows-from-${room}`);
  });

  it('sees through the name of a workspace package', async () => {
    const workspace = planted({
      '.dependency-cruiser.cjs': '',
      'packages/redaction/src/index.ts': "export * from 'gate/deep';",
      'packages/test-gating/package.json': { name: 'gate', exports: { './deep': './dist/index.js' } },
      'packages/test-gating/dist/index.js': '',
    });
    copyFileSync(RULES, join(workspace.root, '.dependency-cruiser.cjs'));
    mkdirSync(join(workspace.root, 'node_modules'));
    symlinkSync('../packages/test-gating', join(workspace.root, 'node_modules/gate'), 'junction');
    const [violation] = await imports.run(workspace);
    expect(violation?.what).toBe('arrows-from-leaves: imports packages/test-gating/dist/index.js');
  });

  it('counts type-only imports', async () => {
    const found = await violationsOf({
      'packages/redaction/src/index.ts': "import type { A } from '../../nx/src/index.js'; export type B = A;",
      'packages/nx/src/index.ts': 'export type A = 1;',
    });
    expect(found).toContain('arrows-from-leaves');
  });

  it('keeps siblings apart', async () => {
    const found = await violationsOf({
      'packages/storage/redis/src/index.ts': "export * from '../../postgres/src/index.js';",
      'packages/storage/postgres/src/index.ts': 'export const a = 1;',
    });
    expect(found).toContain('no-sibling');
  });

  it('wants a room for every package', async () => {
    const found = await violationsOf({
      'packages/novel/src/index.ts': "export * from '../../redaction/src/index.js';",
      'packages/redaction/src/index.ts': 'export const a = 1;',
    });
    expect(found).toContain('every-package-has-a-room');
  });

  it('lets tests use the harness', async () => {
    const found = await violationsOf({
      'packages/redaction/src/a.test.ts': "import './index.js';",
      'packages/redaction/src/index.ts': 'export const a = 1;',
    });
    expect(found).toEqual([]);
  });
});

it('finds an import of another folder by path', async () => {
  const found = await violationsOf({
    'packages/nx/src/index.ts': "export * from '../../test-gating/src/a.js';",
    'packages/test-gating/src/a.ts': 'export const a = 1;',
  });
  expect(found).toEqual(['no-deep-import']);
});

it('finds a cycle and a module that does not exist', async () => {
  const found = await violationsOf({
    'packages/nx/src/a.ts': "export * from './b.js';",
    'packages/nx/src/b.ts': "export * from './a.js'; import 'not-a-package';",
  });
  expect([...new Set(found)].sort()).toEqual(['no-cycle', 'resolvable']);
});
