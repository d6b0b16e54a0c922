import { spawnSync } from 'node:child_process';
import { TEST_FILE, UsageError } from '@drydock/workspace';

const GIT_TIMEOUT_MS = 20_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** A test file of another revision. */
export interface BaseFile {
  /** Path relative to the workspace root, with `/`. */
  readonly file: string;
  /** Its text at the revision; empty where the revision has no such file. */
  readonly source: string;
}

/**
 * Lists the test files that differ between a revision and the working tree, with their text at the revision.
 *
 * @throws UsageError when git is not installed or does not know the revision.
 */
export function changedTestFiles(workspaceRoot: string, revision: string): BaseFile[] {
  const listed = git(workspaceRoot, [
    'diff',
    '--name-only',
    '--no-renames',
    '--relative',
    '-z',
    revision,
    '--',
  ]);
  if (listed === undefined) {
    throw new UsageError(
      `git does not know the revision '${revision}' here. Fetch it first, for example: git fetch origin main.`,
    );
  }
  const untracked = git(workspaceRoot, ['ls-files', '--others', '--exclude-standard', '-z']) ?? '';
  const files = `${listed}${untracked}`.split('\0').filter((file) => TEST_FILE.test(file));
  return [...new Set(files)].map((file) => ({
    file,
    source: git(workspaceRoot, ['show', `${revision}:./${file}`]) ?? '',
  }));
}

function git(cwd: string, args: readonly string[]): string | undefined {
  const result = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    timeout: GIT_TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
  });
  // The status counts and not `error`, which a sandbox may set for a child that ended well.
  return result.status === 0 ? result.stdout : undefined;
}
