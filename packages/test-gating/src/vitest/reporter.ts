import { projectLedgerFile, type Scope, serviceStateFolder } from '@drydock/workspace';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';
import type { RunEnvironment } from '../environment/open-environment.js';
import { scopeOf } from '../gate/grants.js';
import { reclassify } from '../ledger/reclassify.js';
import { LEDGER_VERSION, type Ledger, totalsOf } from '../ledger/schema.js';
import { writeLedger } from '../ledger/store.js';
import type { RunRedactor } from '../redact/run-redactor.js';
import { EXIT, verdictOf, verdictOfPart } from '../report/exit-code.js';
import { formatCauses } from '../report/failures.js';
import { presentable } from '../report/presentable.js';
import { formatSummary } from '../report/summary.js';
import { codeWith, problemOfWriting } from '../report/write-problem.js';
import { DRIVEN, noteUsage } from './github-reporter.js';
import { judgeGuard, lateAttempt } from './guard-verdict.js';
import { keepInModuleGraph } from './module-graph.js';
import { findingsAfter } from './results/findings-after.js';
import { testsFromVitest } from './results/from-vitest.js';
import { unhashedFailure, unhashedLines, unhashedReads } from './results/unhashed-reads.js';
import type { RunServices } from './run-services.js';
import type { Session } from './session.js';
import { WatchedNetwork } from './watched-network.js';

const MACHINE_REPORTERS = new Set(['json', 'junit', 'tap', 'tap-flat']);

/** Starts the servers before a run; at its end writes the ledger, prints the summary and sets the exit code. */
export class LedgerReporter implements Reporter {
  readonly #session: Session;
  readonly #environment: RunEnvironment;
  readonly #redactor: RunRedactor;
  readonly #allowsNoTests: boolean;
  #services: RunServices | undefined;
  #vitest: Vitest | undefined;
  #ledger: Ledger | undefined;
  #startedAt = new Date();

  constructor(session: Session, environment: RunEnvironment, redactor: RunRedactor, allowsNoTests: boolean) {
    this.#session = session;
    this.#environment = environment;
    this.#redactor = redactor;
    this.#allowsNoTests = allowsNoTests;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    vitest.onClose(() => this.#services?.close());
    // The log of attempts is read before it is removed.
    process.prependOnceListener('exit', () => this.#concludeAtExit());
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    this.#startedAt = new Date();
    const scope = this.#scope();
    if (this.#services || specifications.length === 0 || scope === 'none') return;
    // Loaded only here, because an offline run starts no servers.
    const [{ RunServices }, { ownRecords }] = await Promise.all([
      import('./run-services.js'),
      import('@drydock/services'),
    ]);
    this.#services = new RunServices(
      this.#session.project.root,
      serviceStateFolder(this.#session.project.workspaceRoot),
      (name) => this.#environment.variables.find((variable) => variable.name === name)?.provenance,
      this.#session.triage,
      ownRecords(this.#session.services, this.#session.project),
    );
    await this.#services.open(this.#session.needs, scope, this.#session.project.name);
    this.#redactor.refresh();
    this.#vitest?.provide('drydockUnavailable', this.#services.unavailable);
    this.#vitest?.provide('drydockEndpoints', this.#services.endpoints);
    this.#vitest?.provide('drydockStarted', this.#services.started);
  }

  async onTestModuleCollected(module: TestModule): Promise<void> {
    await keepInModuleGraph(module);
  }

  async onTestRunEnd(modules: readonly TestModule[], loose: readonly SerializedError[]): Promise<void> {
    const counted = this.#vitest?.config.dangerouslyIgnoreUnhandledErrors ? [] : loose;
    const ledger = this.#redactor.ledger(await this.#reclassified(this.#ledgerOf(modules, counted)));
    this.#ledger = ledger;
    const unwritten = problemOfWriting(() => writeLedger(this.#path(), ledger));
    const shown = presentable(ledger);
    const causes = formatCauses(shown);
    const summary = formatSummary(shown, this.#session.policy.registry);
    // A task of Nx is one part of a run; a run of Vitest alone is the whole.
    const isTask = process.env.NX_TASK_TARGET_PROJECT !== undefined;
    const { code, why: reason } = isTask ? verdictOfPart(ledger) : verdictOf(ledger);
    // A run of Vitest that `drydock run` drives leaves the last line to it.
    const why = process.env[DRIVEN] && !isTask ? undefined : reason;
    const last = [why, unwritten?.line].flatMap((line) => (line === undefined ? [] : ['', ` ${line}`]));
    const unhashed = unhashedLines(shown.unhashed ?? []);
    const lines = [
      summary,
      ...(unhashed.length > 0 ? ['', ...unhashed] : []),
      ...(causes.length > 0 ? ['', ...causes] : []),
      ...last,
    ];
    this.#stream().write(`\n${lines.join('\n')}\n`);
    if (unwritten) noteUsage(unwritten.line);
    const exitCode = codeWith(code, unwritten);
    if (exitCode !== 0) process.exitCode = exitCode;
  }

  /** Classifies failures again by what the servers and the sandbox say after the run. */
  async #reclassified(ledger: Ledger): Promise<Ledger> {
    const findings = await findingsAfter(ledger, this.#services);
    return findings ? reclassify(ledger, findings, this.#session.triage) : ledger;
  }

  /** Adds the attempts that workers made after the run was reported, before they ended. */
  #concludeAtExit(): void {
    const { project, attemptLog } = this.#session;
    const late = attemptLog.read().slice(this.#ledger?.guard.blocked.length ?? 0);
    if (!this.#ledger || late.length === 0) return;
    const failures = late.map((attempt) => lateAttempt(attempt, project));
    const tests = [...this.#ledger.tests, ...failures];
    const ledger = this.#redactor.ledger({ ...this.#ledger, tests, totals: totalsOf(tests) });
    const unwritten = problemOfWriting(() => writeLedger(this.#path(), ledger));
    if (unwritten) process.stderr.write(`\n${unwritten.line}\n`);
    for (const { failure } of failures) process.stderr.write(`\n${failure?.detail}\n`);
    process.exitCode = EXIT.harness;
  }

  #path(): string {
    const { project } = this.#session;
    return projectLedgerFile(project.workspaceRoot, project.name);
  }

  /** Standard error where a machine-readable reporter writes to standard output. */
  #stream(): NodeJS.WriteStream {
    const names = (this.#vitest?.config.reporters ?? []).map((reporter) =>
      String(Array.isArray(reporter) ? reporter[0] : ''),
    );
    return names.some((name) => MACHINE_REPORTERS.has(name)) ? process.stderr : process.stdout;
  }

  #scope(): Scope {
    const { grants, registry } = this.#session.policy;
    return scopeOf(grants.granted, registry);
  }

  #ledgerOf(modules: readonly TestModule[], loose: readonly SerializedError[]): Ledger {
    const { policy, project, attemptLog, failsOnUnhashed } = this.#session;
    const unhashed = unhashedReads(modules, project);
    const attempts = attemptLog.read();
    const shard = this.#vitest?.config.shard;
    const { guard, failures } = judgeGuard(modules, attempts, project);
    const network = new WatchedNetwork(policy, attempts);
    const tests = [
      ...(this.#services?.failures ?? []),
      ...testsFromVitest(modules, loose, this.#session, network, this.#services?.providers),
      ...failures,
      ...(unhashed.length > 0 && failsOnUnhashed ? [unhashedFailure(unhashed, project.name)] : []),
    ];
    return {
      schemaVersion: LEDGER_VERSION,
      startedAt: this.#startedAt.toISOString(),
      durationMs: Date.now() - this.#startedAt.getTime(),
      level: policy.grants.level,
      granted: policy.grants.granted,
      scope: this.#scope(),
      guard,
      services: this.#services?.services ?? [],
      env: this.#environment.variables,
      tests,
      ...(this.#allowsNoTests && { allowsNoTests: true as const }),
      ...(shard && { shard: { index: shard.index, count: shard.count } }),
      ...(unhashed.length > 0 && { unhashed }),
      totals: totalsOf(tests),
    };
  }
}
