import type { ServiceError } from '@drydock/services';
import { type ClassifyOptions, classify, factsOf, type Verdict } from '@drydock/triage';
import { outsideFailure } from './outside-failure.js';
import type { Failure, LedgerTest } from './schema.js';

/** Failed test for a configured server that does not answer. */
export function absenceAsFailure(
  error: ServiceError,
  project: string,
  triage: ClassifyOptions = {},
): LedgerTest {
  const verdict = classify({ errors: [factsOf(error)], complete: true }, triage);
  return outsideFailure(
    { project, name: `(service) ${error.backend}`, backend: error.backend },
    {
      ...classOfAbsence(error, verdict),
      confidence: 0.99,
      code: error.code ?? error.kind,
      evidence: error.message,
      remedy: error.remedy,
    },
  );
}

function classOfAbsence(
  { kind }: ServiceError,
  verdict: Verdict,
): Pick<Failure, 'class'> & { subclass: string } {
  if (kind === 'definition') return { class: 'harness', subclass: 'no-definition' };
  const subclass = verdict.class === 'environment' ? verdict.subclass : 'unavailable';
  return { class: 'environment', subclass };
}
