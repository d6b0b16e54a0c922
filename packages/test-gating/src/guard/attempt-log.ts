import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Attempt } from '@drydock/network-guard';
import { waitForGuarded } from './guarded-processes.js';

/** The file in which all workers of a run and their children note blocked attempts. */
export interface AttemptLog {
  readonly path: string;
  /** The attempts noted so far, oldest first. */
  read(): Attempt[];
  /** Waits, for 2 s at most, until no guarded process of this run is left that could note another. */
  settle(): void;
  /** Removes the file and its folder. */
  remove(): void;
}

/** A worker that hears SIGTERM may go on for a moment, and so may what it starts. */
const SETTLE_MS = 2_000;

/** Creates an empty log in a new temporary folder. */
export function createAttemptLog(): AttemptLog {
  const path = join(mkdtempSync(join(tmpdir(), 'drydock-guard-')), 'attempts.jsonl');
  return {
    path,
    read: () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(attemptIn) : []),
    settle: () => waitForGuarded(path, SETTLE_MS),
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
