import { classify, type Findings, type Rule } from '@drydock/triage';
import type { Ledger, LedgerTest } from './schema.js';

/** Judges a run's failures again in the light of what was found at the endpoints afterwards. */
export function reclassify(ledger: Ledger, findings: Findings, rules: readonly Rule[] = []): Ledger {
  return { ...ledger, tests: ledger.tests.map((test) => judgeAgain(test, findings, rules)) };
}

function judgeAgain(test: LedgerTest, findings: Findings, rules: readonly Rule[]): LedgerTest {
  const { failure, backend, name, file } = test;
  if (!failure?.errors) return test;
  const check = findings.endpoints?.find((finding) => finding.name === backend) ?? failure.check;
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
      findings: { ...findings, ...(check && { endpoints: [...(findings.endpoints ?? []), check] }) },
      ...(backend !== undefined && { origin: backend }),
    },
    { rules },
  );
  if (its === 'unknown') return test;
  const verdict = { class: its, subclass, confidence, code, evidence, remedy };
  return { ...test, failure: { ...failure, ...verdict, ...(check && { check }) } };
}
