import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const TEST_FILE = /^(?<stem>.+)\.(?:test|spec)\.[cm]?[jt]sx?$/;
const EXTENSIONS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx'];

/** Globs of the test files that the plugin looks at: Vitest's default `include`. */
export const TEST_FILE_GLOBS: readonly string[] = ['test', 'spec'].flatMap((kind) =>
  EXTENSIONS.map((extension) => `**/*.${kind}.${extension}`),
);

/** Whether a path names a test file. */
export function isTestFile(path: string): boolean {
  return TEST_FILE.test(basename(path));
}

/** Which of these markers and tags tests of these files may carry: by suffix, or because the text names one as a tag. */
export function tagsOfFiles(
  workspaceRoot: string,
  files: readonly string[],
  names: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of files) {
    const missing = names.filter((name) => !found.has(name));
    if (missing.length === 0) break;
    const suffixes = (TEST_FILE.exec(basename(file))?.groups?.stem ?? '').split('.').slice(1);
    // Reading is cheap, and importing a test file to ask for its tags would run it.
    const source = readFileSync(join(workspaceRoot, file), 'utf8');
    for (const name of missing) {
      if (suffixes.includes(name) || mentions(source, name)) found.add(name);
    }
  }
  return found;
}

function mentions(source: string, marker: string): boolean {
  return (
    ["'", '"', '`'].some((quote) => source.includes(`${quote}${marker}${quote}`)) ||
    new RegExp(`@module-tag\\s+${marker}(?![\\w-])`).test(source)
  );
}
