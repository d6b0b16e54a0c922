import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { columns } from '../../report/columns.js';
import type { RunRequest } from '../request/run-request.js';
import { declaredTests } from './declared-tests.js';
import { type GateChange, gateChanges } from './gate-changes.js';
import { changedTestFiles } from './git-base.js';

/**
 * Finds the tests that run less, or under another grant, than at a git revision.
 *
 * @throws UsageError when git does not know the revision.
 */
export function changesSince(revision: string, { workspaceRoot, registry }: RunRequest): GateChange[] {
  const files = changedTestFiles(workspaceRoot, revision);
  const before = files.flatMap(({ file, source }) =>
    source === '' ? [] : declaredTests(file, source, registry),
  );
  const after = files
    .filter(({ file }) => existsSync(join(workspaceRoot, file)))
    .flatMap(({ file }) => declaredTests(file, readFileSync(join(workspaceRoot, file), 'utf8'), registry));
  return gateChanges(before, after);
}

/** Prints the changes as a table, or one line where there are none. */
export function formatChanges(changes: readonly GateChange[], revision: string): string {
  if (changes.length === 0)
    return ` Since ${revision} no test was skipped, narrowed, retried, moved or removed.`;
  return columns([[`since ${revision}`, 'change'], ...changes.map(({ id, change }) => [id, change])]).join(
    '\n',
  );
}
