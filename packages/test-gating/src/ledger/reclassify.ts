import { type ClassifyOptions, classify, type Findings } from '@drydock/triage';
import type { Ledger, LedgerTest } from './schema.js';

/** Classifies the failures of a run again, with what was found at the endpoints after it. */
export function reclassify(ledger: Ledger, findings: Findings, triage: ClassifyOptions = {}): Ledger {
  return { ...ledger, tests: ledger.tests.map((test) => reclassifyTest(test, findings, triage)) };
}

function reclassifyTest(test: LedgerTest, findings: Findings, triage: ClassifyOptions): LedgerTest {
  const { failure, backend, name, file } = test;
  if (!failure?.errors) return test;
  const check = findings.endpoints?.find((finding) => finding.name === backend) ?? failure.check;
  const {
    class: failureClass,
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
      findings: {
        ...findings,
        ...(failure.untried && { untried: true }),
        ...(check && { endpoints: [...(findings.endpoints ?? []), check] }),
      },
      ...(backend !== undefined && { origin: backend }),
    },
    triage,
  );
  if (failureClass === 'unknown') return test;
  const verdict = { class: failureClass, subclass, confidence, code, evidence, remedy };
  return { ...test, failure: { ...failure, ...verdict, ...(check && { check }) } };
}
