import { classLabel } from '@drydock/triage';
import { LEDGER_VERSION, type Ledger, type LedgerTest, totalsOf } from '../ledger/schema.js';

/** A ledger with what a test is about; the rest is that of an offline run in which nothing happened. */
export function ledgerWith(tests: readonly Partial<LedgerTest>[], rest: Partial<Ledger> = {}): Ledger {
  const full = tests.map((test, index) => testWith({ name: `test ${index + 1}`, ...test }));
  return {
    schemaVersion: LEDGER_VERSION,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1_000,
    level: 'test',
    granted: [],
    scope: 'none',
    guard: { workers: 1, active: 1, blocked: [] },
    services: [],
    env: [],
    tests: full,
    totals: totalsOf(full),
    ...rest,
  };
}

/** A failure of a class, with evidence and a remedy that name the class. */
export function failureOfClass(failureClass: 'environment' | 'harness' | 'mechanism', code = 'CODE') {
  return {
    class: failureClass,
    code,
    evidence: `${classLabel(failureClass)} evidence`,
    remedy: `${classLabel(failureClass)} remedy`,
  };
}

function testWith(test: Partial<LedgerTest> & { name: string }): LedgerTest {
  const file = test.file ?? 'packages/a/src/a.test.ts';
  return {
    id: `${file}::${test.name}`,
    project: 'a',
    file,
    markers: [],
    status: 'passed',
    durationMs: 1,
    ...test,
  };
}
