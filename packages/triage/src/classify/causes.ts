import type { Verdict } from './verdict.js';

/** Facts that failures of one cause share. */
export type CauseFacts = Pick<Verdict, 'class' | 'code' | 'evidence' | 'remedy'> & {
  readonly subclass?: string;
};

/** Failures that share a cause. */
export interface Cause<T> extends CauseFacts {
  /** In the order they came; `evidence` and `remedy` are the first one's. */
  readonly failures: readonly T[];
}

/** Groups failures by what caused them, the most frequent cause first. */
export function sharedCauses<T>(failures: readonly T[], factsOf: (failure: T) => CauseFacts): Cause<T>[] {
  const groups = new Map<string, { facts: CauseFacts; failures: T[] }>();
  for (const failure of failures) {
    const facts = factsOf(failure);
    const key = keyOf(facts);
    const group = groups.get(key) ?? { facts, failures: [] };
    group.failures.push(failure);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ facts, failures: members }) => ({ ...facts, failures: members }))
    .sort((one, other) => other.failures.length - one.failures.length);
}

/** One outage fails many tests with one remedy; defects are distinguished by their evidence. */
function keyOf({ class: failureClass, subclass, code, evidence, remedy }: CauseFacts): string {
  const outside = failureClass === 'environment' || failureClass === 'harness';
  return [failureClass, subclass, code, outside ? remedy : evidence.replace(/\d+(\.\d+)?/g, '#')].join('\n');
}
