import type { Check } from './check.js';
import { isTestOrFixture } from './workspace.js';

const MOST_LINES = 250;

/** Source files stay short enough for one idea; tests and fixtures may be longer. */
export const fileLength: Check = {
  name: 'file-length',
  run: ({ files, read }) =>
    files
      .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !isTestOrFixture(file))
      .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES)
      .map(({ file, lines }) => ({ where: file, what: `${lines} lines; split it below ${MOST_LINES}` })),
};
