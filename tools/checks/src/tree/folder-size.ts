import { dirname } from 'node:path/posix';
import type { Check } from '../check.js';

const MOST_FILES = 25;

/** A folder of code holds so few files, tests included, that a reader sees at a glance what each is about. */
export const folderSize: Check = {
  name: 'folder-size',
  run: ({ files }) => {
    const folders = files
      .filter((file) => /\/src\/.*\.[cm]?[jt]sx?$/.test(file))
      .map((file) => dirname(file));
    return [...new Set(folders)].flatMap((folder) => {
      const count = folders.filter((other) => other === folder).length;
      return count > MOST_FILES
        ? [
            {
              where: folder,
              what: `${count} files; group them by what they are about: at most ${MOST_FILES}`,
            },
          ]
        : [];
    });
  },
};
