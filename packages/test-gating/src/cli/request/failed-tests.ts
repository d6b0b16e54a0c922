import { existsSync } from 'node:fs';
import { ledgerFile, UsageError } from '@drydock/workspace';
import { readLedger } from '../../ledger/store.js';
import { belongsToNoTest } from '../../report/outcome.js';
import type { RunRequest } from './run-request.js';

/** More tests than this are selected by their files, because the selection travels in the environment. */
const MOST_NAMES = 400;

/**
 * Narrows a request with `--failed` to the tests that failed in the last run; where none did, everything runs.
 *
 * @throws UsageError where there was no run, or together with paths.
 */
export function withFailedTests(request: RunRequest): RunRequest {
  // Watching refuses the flag itself.
  if (!request.failed || request.watch) return request;
  if (request.select.length > 0)
    throw new UsageError('--failed and paths select different tests: leave out one of them.');
  const path = ledgerFile(request.workspaceRoot);
  if (!existsSync(path))
    throw new UsageError('--failed: there was no run yet. npx --no-install drydock run runs everything.');
  const { tests, rerunOf } = readLedger(path);
  const failed = tests.filter(({ status, file }) => status === 'failed' && file !== '');
  const byName = failed.length <= MOST_NAMES;
  const chosen = failed.map(({ file, name }) =>
    byName && !belongsToNoTest(name) ? { path: file, name } : { path: file },
  );
  const present = chosen.filter(({ path: file }) => existsSync(`${request.workspaceRoot}/${file}`));
  const select = [...new Map(present.map((each) => [JSON.stringify(each), each])).values()];
  return select.length === 0 ? request : { ...request, select, rerunOf: rerunOf ?? tests.length };
}
