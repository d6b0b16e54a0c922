import { EXIT } from '../../report/exit-code.js';
import { codeWith, type WriteProblem } from '../../report/write-problem.js';

/** How the command under a run ended, beside what the ledger says. */
export interface DriverEnding {
  /** Exit code of Vitest or Nx. */
  readonly driverCode: number;
  /** Why a result could not be written. */
  readonly unwritten?: WriteProblem | undefined;
}

/** Exit code of a run: that of its ledger, unless something that was asked for did not run, or a result was lost. */
export function codeOfRun(ledgerCode: number, unmet: readonly string[], ending: DriverEnding): number {
  const isShort = unmet.length > 0 || hasLostResult(ledgerCode, ending);
  return codeWith(isShort ? EXIT.harness : ledgerCode, ending.unwritten);
}

/** Whether a driver failed while every ledger is green: a result was lost on the way, for example in a crash. */
export function hasLostResult(ledgerCode: number, { driverCode }: DriverEnding): boolean {
  return ledgerCode === EXIT.ok && driverCode !== 0;
}
