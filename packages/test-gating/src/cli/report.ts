import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  historyFolder,
  LEDGER,
  type Registry,
  reportPage,
  stateFolder,
  UsageError,
} from '@drydock/workspace';
import type { Ledger } from '../ledger/schema.js';
import { readLedger, writeLedger } from '../ledger/store.js';
import { EXIT, verdictOf } from '../report/exit-code.js';
import { writeAllure } from '../report/formats/allure.js';
import { writeReports } from '../report/formats/write-reports.js';
import { type RunRecord, readHistory } from '../report/history/run-history.js';
import { presentable } from '../report/presentable.js';
import { formatSummary } from '../report/summary.js';
import { widthOf } from '../report/wrapped.js';
import { type MergedRuns, mergeRuns, requireFile } from './merge-runs.js';
import { unmetRequirements } from './run/requirements.js';

/** Flags of `drydock report`. */
export interface ReportFlags {
  /** Folders or ledgers of several runs to merge. */
  readonly merge?: readonly string[] | undefined;
  /** Markers, backends or test ids that must have run, or `all`; for merged runs. */
  readonly require?: readonly string[] | undefined;
  /** Number of ledgers that a merged run has to have. @default as many as are given */
  readonly shards?: string | undefined;
  /** Whether a test that passed only at a later attempt makes the code 1. @default false */
  readonly failOnFlaky?: boolean | undefined;
  /** Whether to show the page in a browser. */
  readonly open?: boolean | undefined;
  /** Folder for results in Allure's format. */
  readonly allure?: string | undefined;
}

/**
 * Writes the reports of the last run, or of several runs merged into one, and returns the exit code: a merged run is a
 * verdict like any other.
 *
 * @throws UsageError where there is no ledger, or for a number of shards that is not one.
 */
export async function report(
  flags: ReportFlags,
  cwd: string,
  workspaceRoot: string,
  registry: Registry,
): Promise<number> {
  const shards = shardsOf(flags);
  const folder = stateFolder(workspaceRoot);
  const merged = flags.merge ? mergeRuns(flags.merge, cwd) : undefined;
  const whole = merged?.ledger ?? readLedger(requireFile(join(folder, LEDGER)));
  if (flags.merge) writeLedger(join(folder, LEDGER), whole);
  const ledger = presentable(whole);
  const written = writeReports(
    ledger,
    registry,
    folder,
    earlierThan(ledger, readHistory(historyFolder(workspaceRoot))),
  );
  if (flags.allure) {
    const allure = resolve(cwd, flags.allure);
    writeAllure(ledger, allure);
    written.push(allure);
  }
  const lines = written.map((path) => ` ${relative(cwd, path)}`);
  process.stdout.write(
    `${formatSummary(ledger, registry, { width: widthOf(process.stdout) })}\n\n${lines.join('\n')}\n`,
  );
  if (flags.open) await openPage(reportPage(workspaceRoot));
  for (const line of merged?.duplicates ?? []) process.stdout.write(`\n ${line}\n`);
  if (!merged && !flags.failOnFlaky) return EXIT.ok;
  return judge(whole, merged, shards, flags, registry);
}

/** The history without the run itself, which has kept its record already. */
function earlierThan({ startedAt }: Ledger, history: readonly RunRecord[]): RunRecord[] {
  return history.filter((record) => record.startedAt !== startedAt);
}

function shardsOf({ merge, shards, require }: ReportFlags): number | undefined {
  if (!merge && (shards !== undefined || require !== undefined))
    throw new UsageError(
      '--shards and --require judge merged runs: add --merge and the folders of the ledgers.',
    );
  if (shards === undefined) return undefined;
  if (/^[1-9]\d*$/.test(shards)) return Number(shards);
  throw new UsageError(`--shards ${shards}: write the number of shards, for example --shards 4.`);
}

function judge(
  ledger: Ledger,
  { count, gaps }: Pick<MergedRuns, 'count' | 'gaps'> = { count: 1, gaps: [] },
  shards: number | undefined,
  { require = [], failOnFlaky = false }: ReportFlags,
  registry: Registry,
): number {
  const { code, why } = verdictOf(ledger, { failOnFlaky });
  const unmet = [
    ...(shards === undefined || shards === count
      ? []
      : [`--shards ${shards}: ${count} ${count === 1 ? 'ledger was' : 'ledgers were'} given.`]),
    ...gaps,
    ...unmetRequirements(require, ledger, registry),
  ];
  for (const line of [...(why ? [why] : []), ...unmet]) process.stdout.write(`\n ${line}\n`);
  return unmet.length > 0 ? EXIT.harness : code;
}

async function openPage(path: string): Promise<void> {
  const { default: open } = await import('open');
  await open(pathToFileURL(path).href);
}
