import { type Ledger, mergeDuplicates, mergeLedgers } from '@drydock/test-gating';

/**
 * `N passed, N failed, N skipped` over several levels' ledgers, each test once; gated and unavailable ones count as
 * skipped.
 */
export function countLine(ledgers: readonly Ledger[]): string {
  const { passed, failed, ...notRun } = mergeDuplicates(mergeLedgers(ledgers)).totals;
  const skipped = Object.values(notRun).reduce((sum, count) => sum + count, 0);
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
