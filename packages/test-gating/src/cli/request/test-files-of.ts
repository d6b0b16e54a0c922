import { join } from 'node:path';
import { TEST_FILE_GLOBS } from '@drydock/workspace';
import { glob } from 'tinyglobby';
import { builtFolderOf } from '../../project/built-files.js';
import type { RunRequest } from './run-request.js';

const NEVER = ['**/node_modules/**', '**/.git/**'];

/** Absolute paths of the test files below the selected paths, sorted; of the whole workspace where nothing is selected. */
export async function testFilesOf({ select, workspaceRoot }: RunRequest): Promise<string[]> {
  const root = workspaceRoot.replaceAll('\\', '/');
  const folders = select.length === 0 ? [''] : select.map(({ path }) => path);
  const patterns = folders.flatMap((path) =>
    /\.[cm]?[jt]sx?$/.test(path)
      ? path
      : TEST_FILE_GLOBS.map((pattern) => join(path, pattern).replaceAll('\\', '/')),
  );
  const files = await glob(patterns, { cwd: workspaceRoot, ignore: NEVER, absolute: true });
  return files.filter((path) => builtFolderOf(path, root) === undefined).sort();
}
