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
