import { type ClassifyOptions, classify } from '../classify/classify.js';
import type { ErrorFacts } from '../classify/facts.js';
import { ownPlaceIn } from '../classify/own-code.js';
import { type HeldRule, rulesThatHold } from '../classify/rules-that-hold.js';
import type { Verdict } from '../classify/verdict.js';
import { type JoinedFailure, joinReports } from './join-reports.js';
import type { Report } from './report.js';

/** One classified failure of a report. */
export interface TriagedFailure extends Verdict {
  /** The report that it stands in. */
  readonly report: string;
  /** `src/a.test.ts::suite > name`. */
  readonly test: string;
  /** File and line in the code of the project where the error came about, where its stack tells. */
  readonly place?: string;
  /** What was read of its errors. */
  readonly facts: readonly ErrorFacts[];
  /** The rules that hold for it, the one that decided first. */
  readonly held: () => readonly HeldRule[];
}

/** Classifies the failures of reports; those of one run are joined. */
export function triage(reports: readonly Report[], options: ClassifyOptions = {}): TriagedFailure[] {
  return joinReports(reports).map((failure) => {
    const place = failure.errors.map(({ stack }) => ownPlaceIn(stack)).find((each) => each !== undefined);
    return {
      report: failure.report,
      test: failure.id,
      ...verdictOf(failure, options),
      ...(place !== undefined && { place }),
      facts: failure.errors,
      held: () => rulesThatHold(failure, options),
    };
  });
}

function verdictOf({ verdict, ...failure }: JoinedFailure, options: ClassifyOptions): Verdict {
  if (verdict === undefined) return classify(failure, options);
  const { class: failureClass, subclass = verdict.code, confidence = 0.9, code, evidence, remedy } = verdict;
  return { class: failureClass, subclass, confidence, code, evidence, remedy, rule: 'report' };
}
