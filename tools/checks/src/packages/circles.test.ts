import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { circles } from './circles.js';

it('is silent on a package that depends on everything but the one that depends on it', async () => {
  const workspace = planted({
    'packages/a/package.json': { name: 'a', dependencies: { b: '1.0.0' } },
    'packages/b/package.json': { name: 'b' },
    'tools/all/package.json': { name: 'all', nx: { implicitDependencies: ['*', '!other'] } },
    'tools/other/package.json': { name: 'other', nx: { implicitDependencies: ['*'] } },
  });
  expect(await circles.run(workspace)).toEqual([]);
});

it('names both packages that depend on everything', async () => {
  const workspace = planted({
    'tools/all/package.json': { name: 'all', nx: { implicitDependencies: ['*'] } },
    'tools/other/package.json': { name: 'other', nx: { implicitDependencies: ['*'] } },
  });
  expect((await circles.run(workspace)).map(({ what }) => what)).toEqual([
    'depends on itself: all → other → all',
    'depends on itself: other → all → other',
  ]);
});
