import type { Failure, Ledger, Totals } from '../ledger/schema.js';

/** Exit codes of `drydock`. */
export const EXIT = { ok: 0, mechanism: 1, usage: 2, harness: 3, environment: 4 } as const;

/** How a run ends. */
export interface Verdict {
  /** Exit code. */
  readonly code: number;
  /** Why, in one line; absent where the code is 0 and nothing is to be said. */
  readonly why?: string;
}

/** Below this confidence a class counts as unknown, so that no failure is excused by words alone. */
const SURE = 0.7;

/** What a run is judged by beside its results. */
export interface VerdictOptions {
  /** Whether a test that passed only at a later attempt counts as a possible defect. @default false */
  readonly failOnFlaky?: boolean;
}

/** Judges a run as a whole: its worst failure decides, in the order harness, defect, environment; a run of nothing proves nothing. */
export function verdictOf(ledger: Ledger, { failOnFlaky = false }: VerdictOptions = {}): Verdict {
  const flaky = failOnFlaky ? verdictOnFlaky(ledger) : undefined;
  const failed = verdictOnFailures(ledger);
  if (failed?.code === EXIT.environment && flaky) return flaky;
  return failed ?? verdictOnRest(ledger) ?? flaky ?? { code: EXIT.ok };
}

function verdictOnFlaky({ totals: { flaky = 0 } }: Ledger): Verdict | undefined {
  if (flaky === 0) return undefined;
  return {
    code: EXIT.mechanism,
    why: `--fail-on-flaky: ${times(flaky, 'test')} passed only at a later attempt.`,
  };
}

/**
 * Judges one project's part of a run. A project none of whose tests could run has nothing to answer for: whether the run
 * as a whole proved something is judged where all parts are known.
 */
export function verdictOfPart(ledger: Ledger): Verdict {
  const nothing = verdictOnRest(ledger)?.why;
  return verdictOnFailures(ledger) ?? { code: EXIT.ok, ...(nothing && { why: nothing }) };
}

function verdictOnFailures({ tests }: Ledger): Verdict | undefined {
  const failures = tests.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const worst = worstOf(failures);
  if (worst === undefined) return undefined;
  const count = failures.filter((failure) => classOf(failure) === worst).length;
  return { code: EXIT[worst], why: WHY[worst](count) };
}

/** What of a failure decides about an exit code. */
type Classed = Pick<Failure, 'confidence'> & { readonly class: Failure['class'] | 'unknown' };

/** Exit code of failures alone: that of the worst class, or 0 where there is none. */
export function codeOfFailures(failures: readonly Classed[]): number {
  return EXIT[worstOf(failures) ?? 'ok'];
}

function worstOf(failures: readonly Classed[]): Failure['class'] | undefined {
  const classes = new Set(failures.map(classOf));
  return (['harness', 'mechanism', 'environment'] as const).find((each) => classes.has(each));
}

function classOf({ class: failureClass, confidence = 1 }: Classed): Failure['class'] {
  return failureClass === 'unknown' || confidence < SURE ? 'mechanism' : failureClass;
}

const WHY = {
  harness: (count: number) =>
    `${times(count, 'failure')} of the test harness: a gate, the guard or the configuration.`,
  mechanism: (count: number) => `${times(count, 'failure')} that may be a defect.`,
  environment: (count: number) => `${times(count, 'failure')}, each caused by the environment.`,
} as const;

/**
 * A run that a signal cut short proves nothing, nor does one in which no test passed or failed, unless the project allows
 * that it has no test at all.
 */
function verdictOnRest({ totals, tests, allowsNoTests, cutShort }: Ledger): Verdict | undefined {
  if (cutShort) return { code: EXIT.harness, why: `The run was cut short by ${cutShort}.` };
  if (totals.passed + totals.failed > 0 || (tests.length === 0 && allowsNoTests)) return undefined;
  return { code: EXIT.harness, why: `No test ran${leftOut(totals)}, so this run proves nothing.` };
}

function leftOut(totals: Totals): string {
  const counts = (['gated', 'unavailable', 'skipped'] as const)
    .filter((status) => totals[status] > 0)
    .map((status) => `${totals[status]} ${status}`);
  return counts.length === 0 ? '' : ` (${counts.join(', ')})`;
}

function times(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
