import { stripVTControlCharacters as plain } from 'node:util';
import { type ClassifyOptions, classify, type Findings, factsOf } from '@drydock/triage';
import type { SerializedError } from 'vitest';
import type { Failure } from './schema.js';

const DETAIL_LIMIT = 20_000;

/** Where a failure happened and what is known of the surroundings. */
export interface FailureContext {
  /** Full name of the test. */
  readonly test?: string;
  /** Path relative to the workspace root. */
  readonly file?: string;
  /** Backend whose server the test needs. */
  readonly backend?: string | undefined;
  readonly findings?: Findings;
  /** Whether the guard saw that nothing tried to reach anything. @default false */
  readonly untried?: boolean;
  /** What the project adds to triage. */
  readonly triage?: ClassifyOptions | undefined;
}

/** Classes a failure; a defect is the default, so that none is excused for want of evidence. */
export function failureOf(errors: readonly SerializedError[], context: FailureContext = {}): Failure {
  const { test, file, backend, triage, untried = false } = context;
  const findings = untried ? { ...context.findings, untried } : context.findings;
  const facts = errors.map((error) => factsOf(error));
  const verdict = classify(
    {
      errors: facts,
      complete: true,
      ...(test !== undefined && { test }),
      ...(file !== undefined && { file }),
      ...(backend !== undefined && { origin: backend }),
      ...(findings && { findings }),
      ...(facts.length === 0 && { situation: 'worker-killed' }),
    },
    triage,
  );
  const { subclass, confidence, code, evidence, remedy } = verdict;
  return {
    // A run of our own keeps all evidence, so that the classifier never answers `unknown`.
    class: verdict.class === 'unknown' ? 'mechanism' : verdict.class,
    subclass,
    confidence,
    code,
    evidence,
    remedy,
    ...(errors.length > 0 && { detail: plain(errors.map(detailOf).join('\n')).slice(0, DETAIL_LIMIT) }),
    ...(facts.length > 0 && { errors: facts }),
    ...(untried && { untried }),
  };
}

function detailOf(error: SerializedError): string {
  return [error.stack ?? error.message ?? '', (error as { diff?: string }).diff ?? '']
    .filter(Boolean)
    .join('\n');
}
