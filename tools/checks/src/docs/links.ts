import { dirname, join, normalize, relative } from 'node:path/posix';
import type { Check } from '../check.js';
import { repositoryUrl } from '../workspace.js';
import { relativeLinks } from './markdown.js';

/** Links in the documentation to files of the repository, relative or with its address, lead somewhere. */
export const links: Check = {
  name: 'links',
  run: ({ files, read, rootManifest }) => {
    const address = new RegExp(`\\]\\(${repositoryUrl(rootManifest)}/(?:blob|tree)/HEAD/`, 'g');
    return files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        relativeLinks(read(file).replace(address, `](${relative(dirname(file), '.') || '.'}/`))
          .map(({ target, number }) => ({
            number,
            path: normalize(join(dirname(file), target)).replace(/\/$/, ''),
          }))
          .filter(({ path }) => !files.some((known) => known === path || known.startsWith(`${path}/`)))
          .map(({ number, path }) => ({
            where: `${file}:${number}`,
            what: `links to ${path}, which does not exist`,
          })),
      );
  },
};
