import { type ClassifyOptions, classify } from '../classify/classify.js';
import type { Verdict } from '../classify/verdict.js';
import { type JoinedFailure, joinReports } from './join-reports.js';
import type { Report } from './report.js';

/** One classified failure of a report. */
export interface TriagedFailure extends Verdict {
  /** The report that it stands in. */
  readonly report: string;
  /** `src/a.test.ts::suite > name`. */
  readonly test: string;
}

/** Classifies the failures of reports; those of one run are joined. */
export function triage(reports: readonly Report[], options: ClassifyOptions = {}): TriagedFailure[] {
  return joinReports(reports).map((failure) => ({
    report: failure.report,
    test: failure.id,
    ...verdictOf(failure, options),
  }));
}

function verdictOf({ verdict, ...failure }: JoinedFailure, options: ClassifyOptions): Verdict {
  if (verdict === undefined) return classify(failure, options);
  const { class: failureClass, subclass = verdict.code, confidence = 0.9, code, evidence, remedy } = verdict;
  return { class: failureClass, subclass, confidence, code, evidence, remedy, rule: 'ledger' };
}
