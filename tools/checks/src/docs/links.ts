import { dirname, join, normalize } from 'node:path/posix';
import type { Check } from '../check.js';
import { relativeLinks } from './markdown.js';

/** Relative links in the documentation lead somewhere. */
export const links: Check = {
  name: 'links',
  run: ({ files, read }) =>
    files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        relativeLinks(read(file))
          .map(({ target, number }) => ({
            number,
            path: normalize(join(dirname(file), target)).replace(/\/$/, ''),
          }))
          .filter(({ path }) => !files.some((known) => known === path || known.startsWith(`${path}/`)))
          .map(({ number, path }) => ({
            where: `${file}:${number}`,
            what: `links to ${path}, which does not exist`,
          })),
      ),
};
