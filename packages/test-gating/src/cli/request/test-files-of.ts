import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { builtFolderOf } from '../../project/built-files.js';
import type { RunRequest } from './run-request.js';

const TEST_FILES = '**/*.{test,spec}.?(c|m)[jt]s?(x)';
const NEVER = ['**/node_modules/**', '**/.git/**'];

/** Absolute paths of the test files below the selected paths, sorted; of the whole workspace where nothing is selected. */
export async function testFilesOf({ select, workspaceRoot }: RunRequest): Promise<string[]> {
  const root = workspaceRoot.replaceAll('\\', '/');
  const folders = select.length === 0 ? [''] : select.map(({ path }) => path);
  const patterns = folders.map((path) =>
    /\.[cm]?[jt]sx?$/.test(path) ? path : join(path, TEST_FILES).replaceAll('\\', '/'),
  );
  const files = await glob(patterns, { cwd: workspaceRoot, ignore: NEVER, absolute: true });
  return files.filter((path) => builtFolderOf(path, root) === undefined).sort();
}
