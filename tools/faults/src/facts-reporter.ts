import { writeFileSync } from 'node:fs';
import { type ErrorFacts, factsOf } from '@drydock/triage';
import type { Reporter, TestModule } from 'vitest/node';
import { CONFORMANCE, type FaultMeta } from './fault-meta.js';

/** One fault as a run of our own sees it. */
export interface ProducedFault extends FaultMeta {
  /** Full name of the test. */
  readonly test: string;
  readonly errors: readonly ErrorFacts[];
}

/** Keeps what a ledger of our own would keep of each fault. */
export default class FactsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const faults = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test): ProducedFault[] => {
        const errors = (test.result().errors ?? []).map((error) => factsOf(error));
        const fault = test.meta().fault ?? brokenClause(test.fullName, errors);
        if (fault === undefined) return [];
        return [{ ...fault, test: test.fullName, errors }];
      }),
    );
    writeFileSync(process.env.FAULTS_FILE ?? 'faults.json', JSON.stringify(faults));
  }
}

/** A clause of the conformance suite that an adapter with a defect does not hold. */
function brokenClause(test: string, errors: readonly ErrorFacts[]): FaultMeta | undefined {
  const name = /storage conformance: (.+?) > /u.exec(test)?.[1];
  if (name === undefined || errors.length === 0) return undefined;
  return { subject: CONFORMANCE, name, expected: 'defect', produced: true };
}
