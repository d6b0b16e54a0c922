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
  const commit = commitOf(workspaceRoot, revision);
  const diff = ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--relative', '-z', commit, '--'];
  const listed = git(workspaceRoot, diff) ?? '';
  const untracked = git(workspaceRoot, ['ls-files', '--others', '--exclude-standard', '-z']) ?? '';
  const files = `${listed}${untracked}`.split('\0').filter((file) => TEST_FILE.test(file));
  return [...new Set(files)].map((file) => ({
    file,
    source: git(workspaceRoot, ['show', `${commit}:./${file}`]) ?? '',
  }));
}

/**
 * Id of the commit that a revision names, which no later command can take for an option.
 *
 * @throws UsageError when git is not installed or does not know the revision.
 */
export function commitOf(workspaceRoot: string, revision: string): string {
  const named = git(workspaceRoot, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  const commit = named?.trim().split('\n').at(-1) ?? '';
  if (/^[0-9a-f]{40,64}$/.test(commit)) return commit;
  throw new UsageError(
    `git does not know the revision '${revision}' here. Fetch it first, for example: git fetch origin main.`,
  );
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
