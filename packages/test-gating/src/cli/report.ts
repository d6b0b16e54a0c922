import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LEDGER, type Registry, stateFolder, UsageError } from '@drydock/workspace';
import { mergeLedgers } from '../ledger/merge.js';
import { mergeDuplicates } from '../ledger/merge-duplicates.js';
import type { Ledger } from '../ledger/schema.js';
import { readLedger, writeLedger } from '../ledger/store.js';
import { writeAllure } from '../report/formats/allure.js';
import { writeReports } from '../report/formats/write-reports.js';
import { presentable } from '../report/presentable.js';
import { formatSummary } from '../report/summary.js';

/** Flags of `drydock report`. */
export interface ReportFlags {
  /** Folders or ledgers of several runs to merge. */
  readonly merge?: readonly string[] | undefined;
  /** Whether to show the page in a browser. */
  readonly open?: boolean | undefined;
  /** Folder for results in Allure's format. */
  readonly allure?: string | undefined;
}

/**
 * Writes the reports of the last run, or of several runs merged into one.
 *
 * @throws UsageError where there is no ledger.
 */
export async function report(
  flags: ReportFlags,
  cwd: string,
  workspaceRoot: string,
  registry: Registry,
): Promise<void> {
  const folder = stateFolder(workspaceRoot);
  const whole = flags.merge ? mergeRuns(flags.merge, cwd) : readLedger(requireFile(join(folder, LEDGER)));
  if (flags.merge) writeLedger(join(folder, LEDGER), whole);
  const ledger = presentable(whole);
  const written = writeReports(ledger, registry, folder);
  if (flags.allure) {
    const allure = resolve(cwd, flags.allure);
    writeAllure(ledger, allure);
    written.push(allure);
  }
  const lines = written.map((path) => ` ${relative(cwd, path)}`);
  process.stdout.write(`${formatSummary(ledger, registry)}\n\n${lines.join('\n')}\n`);
  if (flags.open) await openPage(join(folder, 'report.html'));
}

function mergeRuns(places: readonly string[], cwd: string): Ledger {
  const ledgers = places.map((place) => {
    const path = resolve(cwd, place);
    return readLedger(
      requireFile(existsSync(path) && statSync(path).isDirectory() ? join(path, LEDGER) : path),
    );
  });
  return mergeDuplicates(mergeLedgers(ledgers));
}

function requireFile(path: string): string {
  if (existsSync(path)) return path;
  throw new UsageError(
    `${path}: no ledger there. Run the tests with drydock run, or name the folder that holds ${LEDGER}.`,
  );
}

async function openPage(path: string): Promise<void> {
  const { default: open } = await import('open');
  await open(pathToFileURL(path).href);
}
