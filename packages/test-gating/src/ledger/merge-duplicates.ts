import { type Ledger, type LedgerTest, type TestStatus, totalsOf } from './schema.js';

// A result counts more than a test that did not run in another run, and a failure counts most.
const WEIGHT: Readonly<Record<TestStatus, number>> = {
  failed: 4,
  passed: 3,
  unavailable: 2,
  skipped: 1,
  gated: 0,
};

/** One that passed at once hides none that needed another attempt. */
function weightOf({ status, flaky }: LedgerTest): number {
  return WEIGHT[status] + (flaky ? 0.5 : 0);
}

/** Keeps one record of each test that runs of several levels report: the one whose status counts most. */
export function mergeDuplicates(ledger: Ledger): Ledger {
  const kept = new Map<string, LedgerTest>();
  for (const test of ledger.tests) {
    const other = kept.get(test.id);
    if (other === undefined || weightOf(test) > weightOf(other)) kept.set(test.id, test);
  }
  const tests = [...kept.values()];
  return { ...ledger, tests, totals: totalsOf(tests) };
}
