import { type Cause, classLabel, sharedCauses } from '@drydock/triage';
import type { Failure, Ledger, LedgerTest } from '../ledger/schema.js';
import { oneLine } from './printable.js';

/** Names of entries that belong to no test: `(file)`, `(service) redis`, `suite (hook)`, `… (after it had ended)`. */
const OUTSIDE = /^\(|\((?:hook|after it had ended)\)$/;
const MOST_FILES = 4;

/** A test that failed. */
export type FailedTest = LedgerTest & { readonly failure: Failure };

/** The failed tests, each with its failure. */
export function failedTests({ tests }: Ledger): FailedTest[] {
  return tests.filter((test): test is FailedTest => test.status === 'failed' && test.failure !== undefined);
}

/** Failed tests that share a cause. */
export type CauseOfTests = Cause<FailedTest>;

/** How many failures and causes there are: `3 failures, one cause`. */
export function countOf(causes: readonly CauseOfTests[]): string {
  const failed = causes.reduce((sum, { failures }) => sum + failures.length, 0);
  const number = causes.length === 1 ? 'one cause' : `${causes.length} causes`;
  return `${failed} ${failed === 1 ? 'failure' : 'failures'}, ${number}`;
}

/** Failures grouped by cause, the most frequent cause first. */
export function causesOf(ledger: Ledger): CauseOfTests[] {
  return sharedCauses(failedTests(ledger), ({ failure }) => failure);
}

/** Short name for the grants of a run: `offline`, `integration`, `integration + slow`. */
export function levelName({ level, granted }: Pick<Ledger, 'level' | 'granted'>): string {
  if (granted.length === 0) return 'offline';
  return level === 'test' ? granted.join(' + ') : level;
}

interface Kind {
  readonly class: string;
  readonly subclass?: string | undefined;
  readonly code: string;
}

/** Class and subclass in text for people: `environment / login`, `defect / assertion`. */
export function kindOf({ class: failureClass, subclass, code }: Kind): string {
  return `${classLabel(failureClass)} / ${oneLine(subclass ?? code, 80)}`;
}

/** Where a failed test stands: `src/a.test.ts:4 › keeps order`, in a form that terminals and editors open. */
export function placeOf({ file, name, failure }: FailedTest): string {
  const { line, source } = failure;
  const outside = source ? `${source.file}:${source.line}` : '';
  const place = file === '' ? outside : `${file}${line === undefined ? '' : `:${line}`}`;
  return [place, ...name.split(' > ')]
    .filter(Boolean)
    .map((part) => oneLine(part))
    .join(' › ');
}

/** Whether a name is that of a failure outside any test: of a file, a hook, a server, the guard. */
export function belongsToNoTest(name: string): boolean {
  return OUTSIDE.test(name);
}

/** Command that runs one test again with the grants of this run. */
export function commandAgain({ id, file, name }: LedgerTest, { granted }: Ledger): string {
  // What belongs to no test has no name that a run could select.
  const target = belongsToNoTest(name) ? file : id;
  return drydockCommand(`run ${flagsOf(granted)}${target === '' ? '' : quoted(target)}`.trimEnd());
}

/** Command that runs the tests of one cause again: one by its name, several by their files. */
export function commandFor(failures: readonly FailedTest[], ledger: Ledger): string {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return commandAgain(first, ledger);
  const files = [...new Set(failures.map(({ file }) => file))].filter(Boolean);
  if (files.length === 0 || files.length > MOST_FILES) return commandForFailed(ledger);
  return drydockCommand(`run ${flagsOf(ledger.granted)}${files.map(quoted).join(' ')}`);
}

/** Command that runs what failed in the last run. */
export function commandForFailed({ granted }: Ledger): string {
  return drydockCommand(`run ${flagsOf(granted)}--failed`);
}

function flagsOf(granted: readonly string[]): string {
  return granted.map((marker) => `--run-${marker} `).join('');
}

/** Within single quotes a shell changes nothing except the quote itself; what needs none is shown plain. */
function quoted(word: string): string {
  const text = oneLine(word);
  return /^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A drydock command to copy; npx must not install it, because the name `drydock` on npm is another package's. */
export function drydockCommand(command: string): string {
  return `npx --no-install drydock ${command}`;
}

/** Tests by file, in the order of the ledger. */
export function byFile(tests: readonly LedgerTest[]): [file: string, tests: LedgerTest[]][] {
  const files = new Map<string, LedgerTest[]>();
  for (const test of tests) {
    const file = test.file || '(outside any file)';
    const members = files.get(file);
    if (members) members.push(test);
    else files.set(file, [test]);
  }
  return [...files];
}
