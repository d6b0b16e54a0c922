import { classify, type Findings, type Rule } from '@drydock/triage';
import type { Ledger, LedgerTest } from './schema.js';

/** Judges a run's failures again in the light of what was found at the endpoints afterwards. */
export function reclassify(ledger: Ledger, findings: Findings, rules: readonly Rule[] = []): Ledger {
  return { ...ledger, tests: ledger.tests.map((test) => judgeAgain(test, findings, rules)) };
}

function judgeAgain(test: LedgerTest, findings: Findings, rules: readonly Rule[]): LedgerTest {
  const { failure, backend, name, file } = test;
  if (!failure?.errors) return test;
  const {
    class: its,
    subclass,
    confidence,
    code,
    evidence,
    remedy,
  } = classify(
    {
      errors: failure.errors,
      complete: true,
      test: name,
      file,
      findings,
      ...(backend !== undefined && { origin: backend }),
    },
    { rules },
  );
  if (its === 'unknown') return test;
  return { ...test, failure: { ...failure, class: its, subclass, confidence, code, evidence, remedy } };
}
