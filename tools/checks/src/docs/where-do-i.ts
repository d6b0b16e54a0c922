import type { Check } from '../check.js';

const FILE = 'CONTRIBUTING.md';

/** What the rows of "Where do I …" send a reader to look for stands in the file that they name. */
export const whereDoI: Check = {
  name: 'where-do-i',
  run: ({ read }) => {
    const [, table = ''] = read(FILE).split(/^## Where do I.*\n/m);
    const rows = [
      ...table
        .split(/^## /m, 1)
        .join('')
        .matchAll(/^\| (.+?) \| \[.+?\]\((.+?)\) \| `(.+?)` \|$/gm),
    ];
    return rows
      .filter(([, , file = '', wanted = '']) => !new RegExp(`\\b${wanted}\\b`).test(read(file)))
      .map(([, task, file, wanted]) => ({
        where: FILE,
        what: `to ${task}, look for ${wanted}; ${file} does not have it`,
      }));
  },
};
