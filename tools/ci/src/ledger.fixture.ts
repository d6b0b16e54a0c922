import type { Ledger, LedgerTest } from '@drydock/test-gating';

/** A ledger of some tests; the rest is that of a run in which nothing happened. */
export function ledgerOf(tests: readonly Partial<LedgerTest>[], rest: Partial<Ledger> = {}): Ledger {
  return {
    schemaVersion: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    level: 'test',
    granted: [],
    scope: 'none',
    guard: { workers: 1, active: 1, blocked: [] },
    services: [],
    env: [],
    totals: {} as Ledger['totals'],
    ...rest,
    tests: tests.map((test) => ({
      id: 'a.test.ts::a',
      project: 'a',
      file: 'a.test.ts',
      name: 'a',
      markers: [],
      status: 'passed',
      durationMs: 1,
      ...test,
    })),
  };
}
