import { writeFileSync } from 'node:fs';
import { type ErrorFacts, factsOf } from '@drydock/triage';
import type { Reporter, TestModule } from 'vitest/node';
import type { FaultMeta } from './fault.js';

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
        const { fault } = test.meta();
        if (fault === undefined) return [];
        const errors = (test.result().errors ?? []).map((error) => factsOf(error));
        return [{ ...fault, test: test.fullName, errors }];
      }),
    );
    writeFileSync(process.env.FAULTS_FILE ?? 'faults.json', JSON.stringify(faults));
  }
}
