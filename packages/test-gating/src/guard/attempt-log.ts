import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Attempt } from '@drydock/network-guard';

/** The file in which all workers of a run and their children note what they tried. */
export interface GuardReport {
  readonly path: string;
  /** The attempts noted so far, oldest first. */
  read(): Attempt[];
  /** Removes the file and its folder. */
  remove(): void;
}

/** Makes an empty report in a folder of its own. */
export function createGuardReport(): GuardReport {
  const path = join(mkdtempSync(join(tmpdir(), 'drydock-guard-')), 'attempts.jsonl');
  return {
    path,
    read: () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(attemptIn) : []),
    remove: () => rmSync(dirname(path), { recursive: true, force: true }),
  };
}

/** A line may be half written when its process was killed. */
function attemptIn(line: string): Attempt[] {
  try {
    const { attempt } = JSON.parse(line) as { attempt?: Attempt };
    return attempt ? [attempt] : [];
  } catch {
    return [];
  }
}
