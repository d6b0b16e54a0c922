import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEDGER, ledgerFile, runsFolder, stateFolder } from '@drydock/workspace';
import type { Ledger } from '../../ledger/schema.js';
import { writeLedger } from '../../ledger/store.js';
import type { RunRequest } from '../request/run-request.js';

/** How many folders of runs are kept. */
const MOST_RUNS = 5;

/** A request with the folder that its run alone writes to. */
export interface StartedRun extends RunRequest {
  /** Absolute path. */
  readonly runFolder: string;
}

/**
 * Makes the folder of a run, and removes those of the oldest runs that have ended.
 *
 * @throws Error where the folder or the temporary folder cannot be written, before a test runs whose result would be lost.
 */
export function openRunFolder(request: RunRequest): StartedRun {
  const { workspaceRoot } = request;
  const runs = runsFolder(workspaceRoot);
  const now = new Date().toISOString().replace(/[^\d]/g, '');
  const runFolder = join(runs, `${now}-${process.pid}`);
  for (const folder of [stateFolder(workspaceRoot), runFolder]) mkdirSync(folder, { recursive: true });
  for (const folder of [runFolder, tmpdir()]) accessSync(folder, constants.W_OK);
  for (const old of readdirSync(runs).sort().slice(0, -MOST_RUNS))
    if (!isRunning(old)) rmSync(join(runs, old), { recursive: true, force: true });
  // A run that breaks off must not leave the verdict of an earlier one.
  rmSync(ledgerFile(workspaceRoot), { force: true });
  return { ...request, runFolder };
}

/** Writes the ledger of a run where the run keeps it, and where the last run's stands. */
export function writeRunLedger(ledger: Ledger, { runFolder, workspaceRoot }: StartedRun): void {
  for (const path of [join(runFolder, LEDGER), ledgerFile(workspaceRoot)]) writeLedger(path, ledger);
}

/** Whether the process that a folder is named for is there; another process may have its number by now. */
function isRunning(name: string): boolean {
  const pid = Number(name.split('-')[1]);
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
