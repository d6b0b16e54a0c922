import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTIVITY, checkFileName } from '@drydock/workspace';
import { isNxWorkspace } from '@drydock/workspace/reader';
import type { Asked } from '../../endpoints/check-endpoints.js';
import { ENDPOINT_LOCK_FILE, writeEndpointLock } from '../../guard/endpoint-lock.js';
import { readLearned } from '../../guard/observed-endpoints.js';
import { mergeLedgers } from '../../ledger/merge.js';
import type { Ledger } from '../../ledger/schema.js';
import { clearLedgers, readProjectLedgers, writeLedger } from '../../ledger/store.js';
import { EXIT, exitCodeOf } from '../../report/exit-code.js';
import { formatFailures } from '../../report/failures.js';
import { agentText } from '../../report/formats/agent.js';
import { presentable } from '../../report/presentable.js';
import { formatSummary } from '../../report/summary.js';
import { changesSince, formatChanges } from '../explain/gate-changes-since.js';
import type { RunRequest } from '../request/run-request.js';
import { testFilesOf } from '../request/test-files-of.js';
import { declaresMarked } from './declares-marked.js';
import { driveNx, NX_LOG } from './drive-nx.js';
import { driveVitest } from './drive-vitest.js';
import { learnFile, spendFile } from './environment-of-run.js';
import { asksOnly, preflight } from './preflight.js';
import { lookAgain } from './reclassify-failures.js';
import { unmetRequirements } from './requirements.js';
import { checkVitestConfig } from './run-config.js';
import { unmetSelection } from './run-selection.js';
import { checkVitestFlags } from './vitest-flags.js';

/** Runs the tests asked for and returns the exit code of `drydock`. */
export async function run(request: RunRequest): Promise<number> {
  const inNx = isNxWorkspace(request.workspaceRoot);
  const runsNothing = asksOnly(request) && !(await declaresMarked(request));
  if (!inNx && !runsNothing) {
    checkVitestFlags(request);
    await checkVitestConfig(request);
  }
  for (const path of await testFilesOf(request)) checkFileName(path, request.registry);
  const before = textOf(ledgerFile(request));
  clearLedgers(request.workspaceRoot);
  if (request.learn) mkdirSync(join(request.workspaceRoot, '.drydock'), { recursive: true });
  for (const noted of [learnFile, spendFile]) rmSync(noted(request.workspaceRoot), { force: true });
  const asked = await preflight(request);
  if (asked) {
    const { writeAsked } = await import('../../endpoints/check-endpoints.js');
    writeAsked(asked, request.workspaceRoot);
  }
  if (asked && runsNothing) return concludeAsked(asked, request);
  if (asked?.report.endpoints.some(({ ok }) => !ok)) return stopBefore(asked, request);
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const driverCode = inNx ? await driveNx(request, tell) : await driveVitest(request);
  const ledgers = readProjectLedgers(request.workspaceRoot);
  if (ledgers.length === 0) return withoutLedger(driverCode, request, inNx);
  const ledger = await lookAgain(mergeLedgers(ledgers), asked?.report, request);
  writeLedger(ledgerFile(request), ledger);
  // Where every result came from the cache, so would the reports.
  const isTold = before !== undefined && before === textOf(ledgerFile(request));
  return conclude(ledger, request, driverCode, inNx, isTold);
}

function ledgerFile({ workspaceRoot }: Pick<RunRequest, 'workspaceRoot'>): string {
  return join(workspaceRoot, '.drydock', 'ledger.json');
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Nothing but asking was to be done. */
function concludeAsked(asked: Asked, request: RunRequest): Promise<number> {
  const ledger = ledgerOf(asked, request);
  return conclude(ledger, request, EXIT.ok, true);
}

/** A configured server does not answer: nothing was started, and the ledger says why. */
async function stopBefore(asked: Asked, request: RunRequest): Promise<number> {
  const ledger = ledgerOf(asked, request);
  const shown = presentable(ledger);
  await writeReportsOf(shown, request);
  if (request.json) process.stdout.write(`${JSON.stringify(ledger)}\n`);
  const code = exitCodeOf(ledger);
  const said = request.agent ? agentText(shown, code) : `\n${formatFailures(shown).join('\n')}`;
  process.stderr.write(`${said}\n No test was started.\n`);
  return code;
}

function ledgerOf({ ledgers, report }: Asked, { workspaceRoot }: RunRequest): Ledger {
  const ledger = { ...mergeLedgers(ledgers), preflight: report };
  writeLedger(ledgerFile({ workspaceRoot }), ledger);
  return ledger;
}

async function conclude(
  ledger: Ledger,
  request: RunRequest,
  driverCode: number,
  inNx: boolean,
  isTold = false,
): Promise<number> {
  const unmet = [
    ...unmetRequirements(request.require, ledger, request.registry),
    ...unmetSelection(request, ledger),
  ];
  const own = provesNothing(ledger) ? EXIT.harness : exitCodeOf(ledger);
  // A driver that fails while every ledger is green lost something on the way: a crash is no success.
  const code = unmet.length > 0 ? EXIT.harness : own === EXIT.ok && driverCode !== 0 ? EXIT.harness : own;
  if (request.json) process.stdout.write(`${JSON.stringify(ledger)}\n`);
  const shown = presentable(ledger);
  const print = (text: string) => (request.json ? process.stderr : process.stdout).write(`${text}\n`);
  await writeReportsOf(shown, request, print, isTold);
  if (request.agent) print(agentText(shown, code));
  else if (inNx) print(`\n${[...formatFailures(shown), formatSummary(shown, request.registry)].join('\n')}`);
  if (request.base) print(`\n${formatChanges(changesSince(request.base, request), request.base)}`);
  if (request.learn) print(`\n${learned(request.workspaceRoot)}`);
  for (const line of unmet) print(`\n ${line}`);
  if (own === EXIT.ok && driverCode !== 0)
    print(`\n A task failed without a failed test; its output is in ${inNx ? NX_LOG : 'the lines above'}.`);
  if (own === EXIT.harness && ledger.totals.failed === 0 && unmet.length === 0)
    print('\n No test ran, so this run proves nothing.');
  return code;
}

/** Reports are for whoever comes later: a run that cannot write them has still run. */
async function writeReportsOf(
  ledger: Ledger,
  { workspaceRoot, registry }: RunRequest,
  print: (line: string) => void = () => {},
  isTold = false,
): Promise<void> {
  const { hasReports, tellGithub, writeReports } = await import('../../report/formats/write-reports.js');
  try {
    const folder = join(workspaceRoot, '.drydock');
    if (!isTold || !hasReports(folder)) writeReports(ledger, registry, folder);
    for (const line of tellGithub(ledger, process.env)) print(line);
  } catch (error) {
    process.stderr.write(` The reports could not be written: ${(error as Error).message}\n`);
  }
}

/** Where servers are asked and nobody configured one, being unavailable is no answer. */
function provesNothing({ granted, totals }: Ledger): boolean {
  return granted.includes(CONNECTIVITY) && totals.passed + totals.failed === 0;
}

function learned(workspaceRoot: string): string {
  const lock = writeEndpointLock(workspaceRoot, readLearned(learnFile(workspaceRoot)));
  const count = Object.values(lock).flat().length;
  return ` ${ENDPOINT_LOCK_FILE} holds ${count} ${count === 1 ? 'endpoint' : 'endpoints'}; review it and commit it.`;
}

/** No project wrote a ledger: either nothing has tests at this level, or the tests were not run by the harness. */
function withoutLedger(driverCode: number, { grants, workspaceRoot }: RunRequest, inNx: boolean): number {
  if (driverCode === EXIT.usage) return EXIT.usage;
  const where = inNx ? `The output of Nx is in ${NX_LOG}.` : 'The output of Vitest is above.';
  const problem =
    driverCode === 0
      ? `Nothing ran: no package has a test at the level '${grants.level}', or none has drydock() in its Vitest config.`
      : 'The run broke off before any test was reported.';
  process.stderr.write(`\n ${problem} ${where}\n`);
  if (inNx && driverCode !== 0) process.stderr.write(`${lastLines(join(workspaceRoot, NX_LOG))}\n`);
  return EXIT.harness;
}

function lastLines(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-40).join('\n');
}
