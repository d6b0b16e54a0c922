import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the fault suites plant in records and passwords; everything that is kept of a run is searched for it. */
const CANARY = /canary-(?:payload|secret)-[0-9a-f]{6}/;

/** Files below a folder that hold what was planted, by path. */
export function leaks(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => CANARY.test(readFileSync(file, 'latin1')));
}
