import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { links } from './links.js';

it('finds a link that leads nowhere', async () => {
  const text = '[a](../README.md#top) [b](adr/) [c](gone.md)\n[d](https://example.org/x.md) [e](#here)';
  const found = await links.run(planted({ 'README.md': '', 'docs/adr/1.md': '', 'docs/guide.md': text }));
  expect(found.map(({ where, what }) => `${where} ${what.split(',')[0]}`)).toEqual([
    'docs/guide.md:1 links to docs/gone.md',
  ]);
});

it('finds a link with the address of the repository that leads nowhere', async () => {
  const repository = { type: 'git', url: 'git+https://git.example/us/it.git' };
  const here = 'https://git.example/us/it/blob/HEAD';
  const text = `[a](${here}/docs/b.md#top) [b](https://git.example/us/it/tree/HEAD/docs) [c](${here}/gone.md) [d](${here.replace('us', 'you')}/gone.md)`;
  const found = await links.run(
    planted({
      'package.json': { repository },
      'docs/b.md': '',
      'packages/a/README.md': text,
      'README.md': text,
    }),
  );
  expect(found.map(({ where, what }) => `${where} ${what.split(',')[0]}`)).toEqual([
    'README.md:1 links to gone.md',
    'packages/a/README.md:1 links to gone.md',
  ]);
});
