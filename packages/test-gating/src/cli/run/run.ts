import { existsSync, readFileSync } from 'node:fs';
import { checkFileName, ledgerFile, usageFile } from '@drydock/workspace';
import { readEnvFiles, SECRET_FILES } from '../../environment/dotenv.js';
import { mergeLedgers, timeOf } from '../../ledger/merge.js';
import type { Ledger } from '../../ledger/schema.js';
import { readProjectLedgers } from '../../ledger/store.js';
import { problemOfWriting } from '../../report/write-problem.js';
import { commitOf } from '../explain/git-base.js';
import { runInfoOf } from '../request/run-info.js';
import type { RunRequest } from '../request/run-request.js';
import { testFilesOf } from '../request/test-files-of.js';
import { checkRequirements } from './check-requirements.js';
import { declaresMarked } from './declares-marked.js';
import { driveNx } from './driver/drive-nx.js';
import { driveVitest } from './driver/drive-vitest.js';
import {
  finishAsUsage,
  finishBeforeStart,
  finishConnectivityRun,
  finishCutShort,
  finishRun,
  finishWithoutLedger,
} from './finish-run.js';
import { isConnectivityRun, preflight } from './preflight.js';
import { reclassifyWithPreflight } from './reclassify-failures.js';
import { checkVitestConfig } from './run-config.js';
import { openRunFolder, writeRunLedger } from './run-folder.js';
import { checkVitestFlags } from './vitest-flags.js';
import { watch } from './watch.js';

/**
 * Runs the selected tests and returns the exit code of `drydock`: checks the request, checks the endpoints, starts the
 * tests, merges their ledgers. Each of the ways in which a run ends is a function of finish-run.ts.
 *
 * @throws UsageError for wrong flags, a misspelt file name, or a configuration without the gate.
 */
export async function run(request: RunRequest): Promise<number> {
  const { workspaceRoot, registry } = request;
  const startedMs = Date.now();
  // Before Nx or Vite reads them, neither of which has a limit.
  readEnvFiles([workspaceRoot], SECRET_FILES, true);
  const startsNoTest = isConnectivityRun(request) && !(await declaresMarked(request));
  if (!startsNoTest) {
    checkVitestFlags(request);
    if (!registry.inNx) await checkVitestConfig(request);
    await checkRequirements(request);
  }
  if (request.watch) return watch(request);
  if (request.base !== undefined) commitOf(workspaceRoot, request.base);
  for (const path of await testFilesOf(request)) checkFileName(path, registry);
  const earlierLedger = textOf(ledgerFile(workspaceRoot));
  const started = openRunFolder(request);

  const checked = await preflight(request);
  if (checked) {
    const { writeConnectivityLedgers } = await import('../../endpoints/check-endpoints.js');
    writeConnectivityLedgers(checked, started.runFolder);
    if (startsNoTest) return finishConnectivityRun(checked, started);
    if (checked.malformed.length > 0 || checked.report.endpoints.some(({ ok }) => !ok))
      return finishBeforeStart(checked, started);
  }

  const exit = await (registry.inNx ? driveNx(started) : driveVitest(started));
  const ledgers = readProjectLedgers(started.runFolder);
  if (exit.signal) return finishCutShort(ledgers, exit, started);
  const mistakes = textOf(usageFile(started.runFolder))?.trim();
  if (mistakes && registry.inNx) return finishAsUsage(mistakes);
  if (ledgers.length === 0) return finishWithoutLedger(exit.code, started);
  // Results from Nx's cache may be days older than the others.
  const merged = {
    ...mergeLedgers(ledgers),
    durationMs: timeOf(ledgers),
    run: runInfoOf(request),
    ...(request.rerunOf !== undefined && { rerunOf: request.rerunOf }),
  };
  const ledger = await reclassifyWithPreflight(merged, checked?.report, request);
  const unwritten = problemOfWriting(() => writeRunLedger(ledger, started));
  // The ledger stays the same where every result came from Nx's cache.
  const reportsUpToDate = earlierLedger !== undefined && earlierLedger === textOf(ledgerFile(workspaceRoot));
  const timing = {
    wallMs: Date.now() - startedMs,
    cachedMs: timeOf(ledgers.filter(isEarlierThan(startedMs))),
  };
  return finishRun(ledger, started, {
    driverCode: exit.code,
    reportsUpToDate,
    timing,
    ...(unwritten && { unwritten }),
  });
}

/** A ledger from before this run was brought back from Nx's cache. */
function isEarlierThan(ms: number): (ledger: Ledger) => boolean {
  return ({ startedAt }) => Date.parse(startedAt) < ms;
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
