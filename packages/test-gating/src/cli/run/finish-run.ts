import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  historyFolder,
  learnFile,
  machineOutputFile,
  nxLog,
  reportPage,
  stateFolder,
} from '@drydock/workspace';
import type { PreflightResult } from '../../endpoints/check-endpoints.js';
import { EnvironmentUsageError } from '../../environment/environment-usage-error.js';
import { ENDPOINT_LOCK_FILE, writeEndpointLock } from '../../guard/endpoint-lock.js';
import { readObservedEndpoints } from '../../guard/observed-endpoints.js';
import { mergeLedgers } from '../../ledger/merge.js';
import type { Ledger } from '../../ledger/schema.js';
import { EXIT, verdictOf } from '../../report/exit-code.js';
import { formatFailures } from '../../report/failures.js';
import { agentText } from '../../report/formats/agent.js';
import { keepRun, readHistory, recordOf } from '../../report/history/run-history.js';
import { presentable } from '../../report/presentable.js';
import { formatSummary, type Timing } from '../../report/summary.js';
import { widthOf } from '../../report/wrapped.js';
import { problemOfWriting, type WriteProblem } from '../../report/write-problem.js';
import { unhashedLines } from '../../vitest/results/unhashed-reads.js';
import { changesSince, formatChanges } from '../explain/gate-changes-since.js';
import { codeOfRun, hasLostResult } from './code-of-run.js';
import type { ChildExit } from './driver/exit-of.js';
import { unmetRequirements } from './requirements.js';
import { type StartedRun, writeRunLedger } from './run-folder.js';
import { unmetSelection } from './run-selection.js';

/** How the tests of a run ended, beside what its ledger says. */
interface Ending {
  /** Exit code of Vitest or Nx. */
  readonly driverCode: number;
  /** Why the ledger could not be written. */
  readonly unwritten?: WriteProblem;
  /** Time of the run where some results come from Nx's cache. */
  readonly timing?: Timing;
  /** Whether the reports of an earlier run were made from the same ledger. @default false */
  readonly reportsUpToDate?: boolean;
  /** Malformed variables, one sentence each; they decide about the exit code. */
  readonly malformed?: readonly string[];
}

/** Ends a run that checks endpoints and has no test to start. */
export function finishConnectivityRun(checked: PreflightResult, request: StartedRun): Promise<number> {
  const ledger = writePreflightLedger(checked, request);
  return finishRun(ledger, request, { driverCode: EXIT.ok, malformed: sentencesOf(checked) });
}

/** Ends a run before its first test, because a configured endpoint does not answer; the ledger says why. */
export async function finishBeforeStart(checked: PreflightResult, request: StartedRun): Promise<number> {
  const ledger = writePreflightLedger(checked, request);
  const shown = presentable(ledger);
  await writeReportsOf(shown, request);
  if (request.json) process.stdout.write(`${JSON.stringify(ledger)}\n`);
  const malformed = sentencesOf(checked);
  const { code, why } =
    malformed.length > 0 ? { code: EXIT.usage, why: malformed.join('\n ') } : verdictOf(ledger);
  const failures = () => formatFailures(shown, { width: widthOf(process.stderr) }).join('\n');
  const text = request.agent ? agentText(shown, code) : `\n${failures()}`;
  process.stderr.write(`${text}\n\n No test was started: ${why}\n${pageLine(request, process.stderr)}\n`);
  return code;
}

/** A sentence for each malformed variable; nothing of its value. */
function sentencesOf({ malformed }: PreflightResult): string[] {
  return malformed.length === 0 ? [] : new EnvironmentUsageError(malformed).message.split('\n');
}

/** Ends a run in which tasks of Nx found mistakes in their configuration, whatever the other tasks came to. */
export function finishAsUsage(mistakes: string): number {
  for (const mistake of new Set(mistakes.split('\n'))) process.stderr.write(`drydock: ${mistake}\n`);
  return EXIT.usage;
}

/** Ends a run in which no project wrote a ledger: nothing has tests at this level, or Drydock did not run them. */
export function finishWithoutLedger(driverCode: number, request: StartedRun): number {
  const { grants, registry, runFolder } = request;
  if (driverCode === EXIT.usage) return EXIT.usage;
  const where = registry.inNx
    ? `The output of Nx is in ${nxLogOf(request)}.`
    : 'The output of Vitest is above.';
  const problem =
    driverCode === 0
      ? `Nothing ran: no package has a test at the level '${grants.level}', or none has drydock() in its Vitest config.`
      : 'The run broke off before any test was reported.';
  if (registry.inNx && driverCode !== 0) process.stderr.write(`${lastLines(nxLog(runFolder))}\n`);
  process.stderr.write(`\n ${problem} ${where}\n`);
  return EXIT.harness;
}

/** Ends a run that a signal cut short; the ledger holds the results so far and says so. */
export function finishCutShort(
  ledgers: readonly Ledger[],
  { code, signal }: ChildExit,
  request: StartedRun,
): number {
  const ledger = { ...mergeLedgers(ledgers), ...(signal && { cutShort: signal }) };
  const unwritten = problemOfWriting(() => writeRunLedger(ledger, request));
  if (unwritten) process.stderr.write(`\n ${unwritten.line}\n`);
  if (request.json) process.stdout.write(`${JSON.stringify(ledger)}\n`);
  process.stderr.write(
    `\n The run was cut short by ${signal}; the results so far prove nothing of the rest.\n`,
  );
  return code;
}

/** Ends a run with a ledger: writes the reports, prints what happened and what to do next. */
export async function finishRun(ledger: Ledger, request: StartedRun, ending: Ending): Promise<number> {
  const unmet = [
    ...unmetRequirements(request.require, ledger, request.registry),
    ...unmetSelection(request, ledger),
  ];
  const { code: ledgerCode, why } = verdictOf(ledger, request);
  const lostResult = hasLostResult(ledgerCode, ending);
  const { malformed = [] } = ending;
  const code = malformed.length > 0 ? EXIT.usage : codeOfRun(ledgerCode, unmet, ending);
  if (request.json) process.stdout.write(`${JSON.stringify(ledger)}\n`);
  const shown = presentable(withExitCode(ledger, code));
  const stream = outputOf(request);
  const print = (text: string) => stream.write(`${text}\n`);
  await writeReportsOf(shown, request, print, ending.reportsUpToDate);
  print(request.agent ? agentText(shown, code) : `\n${summaryOf(shown, request, stream, ending).join('\n')}`);
  const { rerunOf } = shown;
  if (rerunOf !== undefined)
    print(
      `\n Only what failed last: ${shown.tests.length} of ${rerunOf} tests. npx --no-install drydock run judges the whole.`,
    );
  if (request.base) print(`\n${formatChanges(changesSince(request.base, request), request.base)}`);
  if (request.learn) print(`\n${updateLock(request)}`);
  const lost = `A task failed without a failed test; its output is in ${request.registry.inNx ? nxLogOf(request) : 'the lines above'}.`;
  const unwritten = ending.unwritten ? [ending.unwritten.line] : [];
  for (const line of [
    ...malformed,
    ...(why ? [why] : []),
    ...(lostResult ? [lost] : []),
    ...unmet,
    ...unwritten,
  ])
    print(`\n ${line}`);
  if (!request.agent && !ending.unwritten) print(pageLine(request, stream));
  return code;
}

/** What happened, whose fault what failed is, and what to do next. */
function summaryOf(
  ledger: Ledger,
  { registry }: StartedRun,
  stream: NodeJS.WriteStream,
  { timing }: Ending,
): string[] {
  const width = widthOf(stream);
  const failures = formatFailures(ledger, { width });
  const unhashed = unhashedLines(ledger.unhashed ?? []);
  return [
    formatSummary(ledger, registry, { timing, width }),
    ...[failures, unhashed].flatMap((lines) => (lines.length === 0 ? [] : ['', ...lines])),
  ];
}

function withExitCode(ledger: Ledger, exitCode: number): Ledger {
  return ledger.run ? { ...ledger, run: { ...ledger.run, exitCode } } : ledger;
}

/** Whether a run left out tests of its level on purpose. */
function isPart({ select, name, expression }: StartedRun): boolean {
  return select.length > 0 || name !== undefined || expression !== undefined;
}

/** Standard output, unless it is to hold something for a machine alone. */
function outputOf({ json, runFolder }: StartedRun): NodeJS.WriteStream {
  return json || existsSync(machineOutputFile(runFolder)) ? process.stderr : process.stdout;
}

/** Where the page of the run is, in a form that a terminal opens. */
function pageLine({ workspaceRoot }: StartedRun, { isTTY }: NodeJS.WriteStream): string {
  const path = reportPage(workspaceRoot);
  return ` page   ${isTTY ? pathToFileURL(path).href : relative(workspaceRoot, path)}`;
}

function writePreflightLedger({ ledgers, report }: PreflightResult, run: StartedRun): Ledger {
  const ledger = { ...mergeLedgers(ledgers), preflight: report };
  writeRunLedger(ledger, run);
  return ledger;
}

/** A run whose reports cannot be written has run all the same: the problem is printed, and the exit code stays. */
async function writeReportsOf(
  ledger: Ledger,
  request: StartedRun,
  print: (line: string) => void = () => {},
  reportsUpToDate = false,
): Promise<void> {
  const { workspaceRoot, registry } = request;
  const { hasReports, writeGithubSummary, writeReports } = await import(
    '../../report/formats/write-reports.js'
  );
  try {
    const folder = stateFolder(workspaceRoot);
    if (!reportsUpToDate || !hasReports(folder)) {
      const history = historyFolder(workspaceRoot);
      writeReports(ledger, registry, folder, readHistory(history));
      keepRun(history, recordOf(ledger, isPart(request)));
    }
    for (const line of writeGithubSummary(ledger, process.env)) print(line);
  } catch (error) {
    process.stderr.write(` The reports could not be written: ${(error as Error).message}\n`);
  }
}

function updateLock({ runFolder, workspaceRoot }: StartedRun): string {
  const observed = readObservedEndpoints(learnFile(runFolder));
  // An empty lock would refuse every server that is configured later.
  if (Object.keys(observed).length === 0)
    return ` No test reached a server that this run did not start, so ${ENDPOINT_LOCK_FILE} stays as it is.`;
  const lock = writeEndpointLock(workspaceRoot, observed);
  const count = Object.values(lock).flat().length;
  return ` ${ENDPOINT_LOCK_FILE} holds ${count} ${count === 1 ? 'endpoint' : 'endpoints'}; review it and commit it.`;
}

/** Where the output of Nx is, for people. */
function nxLogOf({ runFolder, workspaceRoot }: StartedRun): string {
  return relative(workspaceRoot, nxLog(runFolder));
}

function lastLines(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-40).join('\n');
}
