/** Whose fault a failure is; `unknown` only where a report of somebody else's run lacks the evidence. */
export type FailureClass = 'environment' | 'harness' | 'mechanism' | 'unknown';

/** Word for a class in text for people: `defect` for the id `mechanism`, the other ids as they are. */
export function classLabel(failureClass: string): string {
  return failureClass === 'mechanism' ? 'defect' : failureClass;
}

/** The confidence below which an exit code takes a verdict for unknown. */
export const CERTAIN_ENOUGH = 0.7;

/** What the classifier says of one failure. */
export interface Verdict {
  /** Whose fault it is. */
  readonly class: FailureClass;
  /** What it is in one word: `login`, `dns`, `missing-marker`, `assertion`. */
  readonly subclass: string;
  /** How sure this is, from 0 to 1. */
  readonly confidence: number;
  /** What was seen, in one line, without secrets. */
  readonly evidence: string;
  /** What to do next. */
  readonly remedy: string;
  /** The rule that decided; `default` where none matched. */
  readonly rule: string;
  /** Error code or name that the rule went by: `ECONNREFUSED`, `AssertionError`. */
  readonly code: string;
}
