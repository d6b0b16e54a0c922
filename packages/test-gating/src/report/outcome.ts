import { classLabel, sharedCauses } from '@drydock/triage';
import type { Failure, Ledger, LedgerTest } from '../ledger/schema.js';
import { oneLine } from './printable.js';

/** A test that failed. */
export type FailedTest = LedgerTest & { readonly failure: Failure };

/** The failed tests, each with its failure. */
export function failedTests({ tests }: Ledger): FailedTest[] {
  return tests.filter((test): test is FailedTest => test.status === 'failed' && test.failure !== undefined);
}

/** Failures grouped by cause, the most frequent cause first. */
export function causesOf(ledger: Ledger) {
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

/** Command that runs one test again with the grants of this run. */
export function commandAgain({ id }: LedgerTest, { granted }: Ledger): string {
  const flags = granted.map((marker) => `--run-${marker} `).join('');
  // Within single quotes a shell changes nothing except the quote itself.
  return drydockCommand(`run ${flags}'${oneLine(id).replaceAll("'", `'\\''`)}'`);
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
