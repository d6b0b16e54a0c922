import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Attempt } from '@drydock/network-guard';

/** The file in which all workers of a run and their children note blocked attempts. */
export interface AttemptLog {
  readonly path: string;
  /** The attempts noted so far, oldest first. */
  read(): Attempt[];
  /** Removes the file and its folder. */
  remove(): void;
}

/** Creates an empty log in a new temporary folder. */
export function createAttemptLog(): AttemptLog {
  const path = join(mkdtempSync(join(tmpdir(), 'drydock-guard-')), 'attempts.jsonl');
  return {
    path,
    read: () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(attemptIn) : []),
    remove: () => rmSync(dirname(path), { recursive: true, force: true }),
  };
}

/** Skips a line that a killed process left half written. */
function attemptIn(line: string): Attempt[] {
  try {
    const { attempt } = JSON.parse(line) as { attempt?: Attempt };
    return attempt ? [attempt] : [];
  } catch {
    return [];
  }
}
