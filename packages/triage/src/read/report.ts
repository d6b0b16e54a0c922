import type { FailureFacts } from '../classify/facts.js';
import type { Verdict } from '../classify/verdict.js';

/** One failure as a report tells it. */
export interface ReportedFailure extends FailureFacts {
  /** `src/a.test.ts::suite > name`. */
  readonly id: string;
  /** What a ledger of our own says where it keeps no error. */
  readonly verdict?: Pick<Verdict, 'class' | 'subclass' | 'confidence' | 'evidence' | 'remedy' | 'code'>;
}

/** Formats that are read. */
export type ReportFormat = 'vitest-json' | 'jest-json' | 'junit' | 'ledger';

/** What a report holds, passed tests apart. */
export interface Report {
  /** Path or name under which it was given. */
  readonly name: string;
  readonly format: ReportFormat;
  /** Ids of all tests in it. */
  readonly tests: readonly string[];
  readonly failures: readonly ReportedFailure[];
  /** When the run ended, in milliseconds since the epoch, where the report tells. */
  readonly endedAt?: number;
  /** Why it could not be read to its end; what stood before is here. */
  readonly problem?: string;
}

/** A file that is no report, or one that cannot be read. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

/** The id of a test, alike in every format. */
export function testId(file: string, name: string): string {
  const path = file.replaceAll('\\', '/');
  if (path === '') return name;
  return name === '' ? path : `${path}::${name}`;
}
