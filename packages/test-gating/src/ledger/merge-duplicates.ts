import { type Ledger, type LedgerTest, type TestStatus, totalsOf } from './schema.js';

// What a test did says more than that it was not run somewhere else; a failure is never outvoted.
const WEIGHT: Readonly<Record<TestStatus, number>> = {
  failed: 4,
  passed: 3,
  unavailable: 2,
  skipped: 1,
  gated: 0,
};

/** Runs of several levels tell of one test more than once: the most telling word on each is kept. */
export function mostTelling(ledger: Ledger): Ledger {
  const kept = new Map<string, LedgerTest>();
  for (const test of ledger.tests) {
    const other = kept.get(test.id);
    if (other === undefined || WEIGHT[test.status] > WEIGHT[other.status]) kept.set(test.id, test);
  }
  const tests = [...kept.values()];
  return { ...ledger, tests, totals: totalsOf(tests) };
}
