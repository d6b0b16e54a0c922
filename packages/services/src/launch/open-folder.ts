import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { isRoot } from './system-user.js';

/** The folder itself or the first one above it that keeps other users out; undefined where all may pass. */
export async function closedAbove(folder: string): Promise<string | undefined> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return folder;
  return dirname(folder) === folder ? undefined : closedAbove(dirname(folder));
}

/** The system's temporary folder; for root, whose servers may run as another user, the first that all may enter. */
export async function defaultTempDir(): Promise<string> {
  if (!isRoot()) return tmpdir();
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    const closed = await closedAbove(folder).catch(() => folder);
    if (closed === undefined) return folder;
  }
  return tmpdir();
}
