import { join } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';
import { scopeOf } from '../grants/grants.js';
import { testsFromVitest } from '../ledger/from-vitest.js';
import { LEDGER_VERSION, type Ledger, totalsOf } from '../ledger/schema.js';
import { writeLedger } from '../ledger/store.js';
import { ledgerFolder } from '../project/workspace.js';
import { exitCodeOf } from '../report/exit-code.js';
import { formatSummary } from '../report/summary.js';
import type { Session } from './session.js';

/** Writes the ledger at the end of each run, prints the summary and sets the exit code. */
export class LedgerReporter implements Reporter {
  readonly #session: Session;
  #startedAt = new Date();

  constructor(session: Session) {
    this.#session = session;
  }

  onTestRunStart(): void {
    this.#startedAt = new Date();
  }

  onTestRunEnd(modules: readonly TestModule[], loose: readonly SerializedError[]): void {
    const ledger = this.#ledgerOf(modules, loose);
    const { project, policy } = this.#session;
    writeLedger(join(ledgerFolder(project.workspaceRoot, project.name), 'ledger.json'), ledger);
    process.stdout.write(`\n${formatSummary(ledger, policy.registry)}\n`);
    const code = exitCodeOf(ledger);
    if (code !== 0) process.exitCode = code;
  }

  #ledgerOf(modules: readonly TestModule[], loose: readonly SerializedError[]): Ledger {
    const { policy, project } = this.#session;
    const tests = testsFromVitest(modules, loose, project);
    return {
      schemaVersion: LEDGER_VERSION,
      startedAt: this.#startedAt.toISOString(),
      durationMs: Date.now() - this.#startedAt.getTime(),
      level: policy.grants.level,
      granted: policy.grants.granted,
      scope: scopeOf(policy.grants.granted, policy.registry),
      guard: { workers: 0, active: 0, blocked: [] },
      services: [],
      env: [],
      tests,
      totals: totalsOf(tests),
    };
  }
}
