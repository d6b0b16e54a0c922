/** What counts needs of a ledger. */
export interface CountedLedger {
  readonly tests: readonly { readonly id: string; readonly status: string }[];
}

// A test that one level gates and another runs has run.
const STRENGTH: Readonly<Record<string, number>> = { failed: 2, passed: 1 };

/**
 * `N passed, N failed, N skipped` over several levels' ledgers, each test once; gated and unavailable ones count as
 * skipped.
 */
export function countLine(ledgers: readonly CountedLedger[]): string {
  const strongest = new Map<string, number>();
  for (const { id, status } of ledgers.flatMap(({ tests }) => tests)) {
    strongest.set(id, Math.max(strongest.get(id) ?? 0, STRENGTH[status] ?? 0));
  }
  const count = (strength: number) => [...strongest.values()].filter((value) => value === strength).length;
  return `${count(1)} passed, ${count(2)} failed, ${count(0)} skipped`;
}
