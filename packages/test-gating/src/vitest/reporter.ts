import { join } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';
import type { VariableProvenance } from '../environment/index.js';
import { scopeOf } from '../grants/grants.js';
import { testsFromVitest } from '../ledger/from-vitest.js';
import { LEDGER_VERSION, type Ledger, totalsOf } from '../ledger/schema.js';
import { writeLedger } from '../ledger/store.js';
import { ledgerFolder } from '../project/workspace.js';
import { exitCodeOf } from '../report/exit-code.js';
import { formatSummary } from '../report/summary.js';
import type { ServiceDesk } from '../services/desk.js';
import type { Session } from './session.js';

const MACHINE_REPORTERS = new Set(['json', 'junit', 'tap', 'tap-flat']);

/** Has the servers ready before a run; at its end writes the ledger, prints the summary and sets the exit code. */
export class LedgerReporter implements Reporter {
  readonly #session: Session;
  readonly #environment: readonly VariableProvenance[];
  #desk: ServiceDesk | undefined;
  #vitest: Vitest | undefined;
  #startedAt = new Date();

  constructor(session: Session, environment: readonly VariableProvenance[]) {
    this.#session = session;
    this.#environment = environment;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    vitest.onClose(() => this.#desk?.close());
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    this.#startedAt = new Date();
    if (this.#desk || specifications.length === 0 || !this.#needsServers()) return;
    // Loaded only here: an offline run has no use for what starts servers.
    const { ServiceDesk } = await import('../services/desk.js');
    this.#desk = new ServiceDesk(
      this.#session.project.root,
      (name) => this.#environment.find((variable) => variable.name === name)?.provenance,
    );
    await this.#desk.open(this.#session.needs, this.#session.project.name);
    this.#vitest?.provide('drydockUnavailable', this.#desk.unavailable);
  }

  onTestRunEnd(modules: readonly TestModule[], loose: readonly SerializedError[]): void {
    const ledger = this.#ledgerOf(modules, loose);
    const { project, policy } = this.#session;
    writeLedger(join(ledgerFolder(project.workspaceRoot, project.name), 'ledger.json'), ledger);
    this.#stream().write(`\n${formatSummary(ledger, policy.registry)}\n`);
    const code = exitCodeOf(ledger);
    if (code !== 0) process.exitCode = code;
  }

  /** Standard output belongs to a reporter for machines where there is one. */
  #stream(): NodeJS.WriteStream {
    const names = (this.#vitest?.config.reporters ?? []).map((reporter) =>
      String(Array.isArray(reporter) ? reporter[0] : ''),
    );
    return names.some((name) => MACHINE_REPORTERS.has(name)) ? process.stderr : process.stdout;
  }

  #needsServers(): boolean {
    const { grants, registry } = this.#session.policy;
    return scopeOf(grants.granted, registry).includes('lan');
  }

  #ledgerOf(modules: readonly TestModule[], loose: readonly SerializedError[]): Ledger {
    const { policy } = this.#session;
    const tests = [...(this.#desk?.failures ?? []), ...testsFromVitest(modules, loose, this.#session)];
    return {
      schemaVersion: LEDGER_VERSION,
      startedAt: this.#startedAt.toISOString(),
      durationMs: Date.now() - this.#startedAt.getTime(),
      level: policy.grants.level,
      granted: policy.grants.granted,
      scope: scopeOf(policy.grants.granted, policy.registry),
      guard: { workers: 0, active: 0, blocked: [] },
      services: this.#desk?.services ?? [],
      env: this.#environment,
      tests,
      totals: totalsOf(tests),
    };
  }
}
