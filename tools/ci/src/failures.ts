import type { Ledger, LedgerTest } from '@drydock/test-gating';
import { classLabel } from '@drydock/triage';

const MOST_LINES = 6;

/** A paragraph for each failed test: its level, its id, its class, and the first lines of its evidence. */
export function failureList(ledgers: readonly Ledger[]): string {
  return ledgers
    .flatMap(({ level, tests }) =>
      tests
        .filter(({ status }) => status === 'failed')
        .map(({ id, failure }) => [`${level}  ${id}`, ...reason(failure)].join('\n')),
    )
    .join('\n\n');
}

function reason(failure: LedgerTest['failure']): string[] {
  if (failure === undefined) return [];
  const lines = failure.evidence.split('\n').slice(0, MOST_LINES);
  return [`${classLabel(failure.class)} · ${failure.code}`, ...lines].map((line) => `  ${line}`);
}
