import type { Check } from '../check.js';
import { isTestOrFixture } from '../workspace.js';

const MOST_LINES = 250;
/** The adapters are read side by side: there all files are short, tests and fixtures too. */
const STORAGE = { folder: 'packages/storage/', mostLines: 200 };

/** Files stay short enough for one idea; tests and fixtures outside of the adapters may be longer. */
export const fileLength: Check = {
  name: 'file-length',
  run: ({ files, read }) =>
    files
      .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
      .flatMap((file) => {
        const most = mostLines(file);
        const lines = read(file).split('\n').length - 1;
        return lines > most ? [{ where: file, what: `${lines} lines; split it: at most ${most}` }] : [];
      }),
};

function mostLines(file: string): number {
  if (file.startsWith(STORAGE.folder)) return STORAGE.mostLines;
  return isTestOrFixture(file) ? Number.POSITIVE_INFINITY : MOST_LINES;
}
