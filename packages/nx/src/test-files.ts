import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mayTakeTags, namesTag, partsOfName, TEST_FILE, TEST_FILE_GLOBS } from '@drydock/workspace';

const TESTS_FOLDER = '__tests__';
const IN_TESTS_FOLDER = /(?:^|\/)__tests__\/.*\.[cm]?[jt]sx?$/;
const VITEST_CONFIG = /^(?:vitest|vite)\..*[cm]?[jt]s$/;
const EXTENSIONS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx'];

/** Globs of the test files that the plugin looks at: Vitest's default `include`, and what many put in its place. */
export const INFERRED_GLOBS: readonly string[] = [
  ...TEST_FILE_GLOBS,
  ...EXTENSIONS.map((extension) => `**/${TESTS_FOLDER}/**/*.${extension}`),
];

/** Whether a path names a test file, or what is one where the configuration says so. */
export function isTestFile(path: string): boolean {
  return TEST_FILE.test(path) || IN_TESTS_FOLDER.test(path);
}

/** Those of a project's files that Vitest takes for tests; what merely lies in a `__tests__` folder only where a configuration speaks of it. */
export function collectedFiles(
  workspaceRoot: string,
  projectRoot: string,
  files: readonly string[],
): readonly string[] {
  const named = files.filter((file) => TEST_FILE.test(file));
  if (named.length === files.length) return named;
  const folders = [...new Set([join(workspaceRoot, projectRoot), workspaceRoot])];
  return folders.some(speaksOfTestsFolder) ? files : named;
}

/** Which of these markers and tags tests of these files may carry, by the reading that the gate goes by. */
export async function tagsOfFiles(
  workspaceRoot: string,
  files: readonly string[],
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const open: { file: string; source: string }[] = [];
  for (const file of files) {
    const missing = names.filter((name) => !found.has(name));
    if (missing.length === 0) return found;
    const parts = partsOfName(file);
    // Reading is cheap, and importing a test file to ask for its tags would run it.
    const source = readFileSync(join(workspaceRoot, file), 'utf8');
    for (const name of missing) if (parts.includes(name) || namesTag(source, name)) found.add(name);
    if (mayTakeTags(source)) open.push({ file, source });
  }
  for (const { file, source } of found.size === names.length ? [] : open) {
    // A target too many has nothing to run; one too few would leave tests out without a word.
    if (await hasUnreadTags(file, source)) return new Set(names);
  }
  return found;
}

/** Loaded only here: few workspaces need a parser for their graph. */
async function hasUnreadTags(file: string, source: string): Promise<boolean> {
  const parser = await import('@drydock/test-gating/unread-tags');
  return parser.hasUnreadTags(basename(file), source);
}

function speaksOfTestsFolder(folder: string): boolean {
  return readdirSync(folder)
    .filter((name) => VITEST_CONFIG.test(name))
    .some((name) => readFileSync(join(folder, name), 'utf8').includes(TESTS_FOLDER));
}
