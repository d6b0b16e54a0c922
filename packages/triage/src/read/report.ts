import type { FailureFacts } from '../classify/facts.js';
import type { Verdict } from '../classify/verdict.js';

/** One failure of a report. */
export interface ReportedFailure extends FailureFacts {
  /** `src/a.test.ts::suite > name`. */
  readonly id: string;
  /** Verdict of a ledger that keeps no error. */
  readonly verdict?: Pick<Verdict, 'class' | 'subclass' | 'confidence' | 'evidence' | 'remedy' | 'code'>;
}

/** Formats that are read. */
export type ReportFormat =
  | 'vitest-json'
  | 'jest-json'
  | 'junit'
  | 'ledger'
  | 'playwright-json'
  | 'ctrf'
  | 'mocha-json'
  | 'mochawesome'
  | 'pytest-json'
  | 'allure'
  | 'go-test'
  | 'tap'
  | 'trx'
  | 'nunit'
  | 'log';

/** Contents of a report: ids of its tests, and its failures. */
export interface Report {
  /** Path or name under which it was given. */
  readonly name: string;
  readonly format: ReportFormat;
  /** Ids of all tests in it. */
  readonly tests: readonly string[];
  readonly failures: readonly ReportedFailure[];
  /** Tests beside those, which passed and of which a large report's reader keeps no id. */
  readonly passed?: number;
  /** When the run ended, in milliseconds since the epoch, where the report says. */
  readonly endedAt?: number;
  /** Why it could not be read to its end; what came before is here. */
  readonly problem?: string;
}

/** A file that is not a report, or that cannot be read. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

/** The id of a test, alike in every format. */
export function testId(file: string, name: string): string {
  const path = file.replaceAll('\\', '/');
  if (path === '') return name;
  return name === '' ? path : `${path}::${name}`;
}
