import type { ProgressEvent } from '@drydock/services';
import {
  ledgerInRun,
  progressFile,
  projectLedgerFile,
  type Scope,
  serviceStateFolder,
} from '@drydock/workspace';
import type { SerializedError, UserConsoleLog } from 'vitest';
import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';
import type { RunEnvironment } from '../environment/open-environment.js';
import { scopeOf } from '../gate/grants.js';
import { reclassify } from '../ledger/reclassify.js';
import { LEDGER_VERSION, type Ledger, totalsOf } from '../ledger/schema.js';
import { writeLedger } from '../ledger/store.js';
import type { RunRedactor } from '../redact/run-redactor.js';
import { EXIT, verdictOf, verdictOfPart } from '../report/exit-code.js';
import { noteProgress } from '../report/progress/progress-file.js';
import { codeWith, problemOfWriting } from '../report/write-problem.js';
import { DRIVEN, drivenFolder, noteUsage } from './github-reporter.js';
import { endOnGrantKey } from './grant-key.js';
import { judgeGuard, lateAttempt } from './guard-verdict.js';
import { keepInModuleGraph } from './module-graph.js';
import type { DrivenReporter } from './results/driven-reporter.js';
import { findingsAfter } from './results/findings-after.js';
import { testsFromVitest } from './results/from-vitest.js';
import { outputOf, printSummary } from './results/print-summary.js';
import { SourceFrames } from './results/source-frame.js';
import { TestOutput } from './results/test-output.js';
import { unhashedFailure, unhashedReads } from './results/unhashed-reads.js';
import type { RunServices } from './services/run-services.js';
import type { Session } from './session.js';
import { WatchedNetwork } from './watched-network.js';

/** What the reporter of a run is told beside the session. */
export interface LedgerReporterOptions {
  readonly allowsNoTests: boolean;
  /** Shows progress where `drydock run` prints the results. */
  readonly driven: DrivenReporter | undefined;
}

/** Starts the servers before a run; at its end writes the ledger, prints the summary and sets the exit code. */
export class LedgerReporter implements Reporter {
  readonly #session: Session;
  readonly #environment: RunEnvironment;
  readonly #redactor: RunRedactor;
  readonly #options: LedgerReporterOptions;
  #services: RunServices | undefined;
  #vitest: Vitest | undefined;
  #ledger: Ledger | undefined;
  #startedAt = new Date();
  readonly #output = new TestOutput();

  constructor(
    session: Session,
    environment: RunEnvironment,
    redactor: RunRedactor,
    options: LedgerReporterOptions,
  ) {
    this.#session = session;
    this.#environment = environment;
    this.#redactor = redactor;
    this.#options = options;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    vitest.onClose(() => this.#services?.close());
    if (vitest.config.watch && process.env[DRIVEN]) endOnGrantKey(vitest);
    // The log of attempts is read before it is removed.
    process.prependOnceListener('exit', () => this.#concludeAtExit());
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    this.#startedAt = new Date();
    this.#output.clear();
    const scope = this.#scope();
    if (this.#services || specifications.length === 0 || scope === 'none') return;
    // Loaded only here, because an offline run starts no servers.
    const [{ RunServices }, { ownRecords }] = await Promise.all([
      import('./services/run-services.js'),
      import('@drydock/services'),
    ]);
    this.#services = new RunServices(
      this.#session.project.root,
      serviceStateFolder(this.#session.project.workspaceRoot),
      (name) => this.#environment.variables.find((variable) => variable.name === name)?.provenance,
      this.#session.triage,
      ownRecords(this.#session.services, this.#session.project),
      this.#onServer(),
    );
    await this.#services.open(this.#session.needs, scope, this.#session.project.name);
    this.#redactor.refresh();
    this.#vitest?.provide('drydockUnavailable', this.#services.unavailable);
    this.#vitest?.provide('drydockEndpoints', this.#services.endpoints);
    this.#vitest?.provide('drydockStarted', this.#services.started);
    const { run, log, started } = this.#services.fresh;
    const { project, services: own } = this.#session;
    this.#vitest?.provide('drydockFresh', {
      run,
      log,
      started,
      root: project.root,
      project: project.name,
      own,
    });
  }

  onUserConsoleLog(log: UserConsoleLog): void {
    this.#output.add(log);
  }

  async onTestModuleCollected(module: TestModule): Promise<void> {
    await keepInModuleGraph(module);
  }

  async onTestRunEnd(modules: readonly TestModule[], loose: readonly SerializedError[]): Promise<void> {
    const counted = this.#vitest?.config.dangerouslyIgnoreUnhandledErrors ? [] : loose;
    const ledger = this.#redactor.ledger(await this.#reclassified(this.#ledgerOf(modules, counted)));
    this.#ledger = ledger;
    const unwritten = problemOfWriting(() => this.#write(ledger));
    // A task of Nx is one part of a run; a run of Vitest alone is the whole.
    const isTask = process.env.NX_TASK_TARGET_PROJECT !== undefined;
    const { code, why } = isTask ? verdictOfPart(ledger) : verdictOf(ledger);
    // `drydock run` prints the results of a run of Vitest that it drives.
    if (!process.env[DRIVEN] || isTask || this.#vitest?.config.watch)
      printSummary(ledger, this.#session.policy.registry, outputOf(this.#vitest), [why, unwritten?.line]);
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
    if (this.#ledger) attemptLog.settle();
    const late = attemptLog.read().slice(this.#ledger?.guard.blocked.length ?? 0);
    if (!this.#ledger || late.length === 0) return;
    const failures = late.map((attempt) => lateAttempt(attempt, project));
    const tests = [...this.#ledger.tests, ...failures];
    const ledger = this.#redactor.ledger({ ...this.#ledger, tests, totals: totalsOf(tests) });
    const unwritten = problemOfWriting(() => this.#write(ledger));
    if (unwritten) process.stderr.write(`\n${unwritten.line}\n`);
    for (const { failure } of failures) process.stderr.write(`\n${failure?.detail}\n`);
    process.exitCode = EXIT.harness;
  }

  /** Where the steps of a server that takes long are shown, unless on this terminal. */
  #onServer(): ((event: ProgressEvent) => void) | undefined {
    const { driven } = this.#options;
    if (driven) return (event) => driven.onServer(event);
    const folder = drivenFolder(this.#session.project.workspaceRoot);
    return folder === undefined ? undefined : (event) => noteProgress(progressFile(folder), event);
  }

  /** Writes the ledger where Nx caches it, and where the run around this one reads it. */
  #write(ledger: Ledger): void {
    const { name, workspaceRoot } = this.#session.project;
    writeLedger(projectLedgerFile(workspaceRoot, name), ledger);
    const folder = drivenFolder(workspaceRoot);
    if (folder !== undefined) writeLedger(ledgerInRun(folder, name), ledger);
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
    const tests = [
      ...(this.#services?.failures ?? []),
      ...testsFromVitest(modules, loose, {
        session: this.#session,
        network: new WatchedNetwork(policy, attempts),
        frames: new SourceFrames(project.workspaceRoot),
        outputOf: (id) => this.#output.of(id),
        providers: this.#services?.providers,
      }),
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
      ...(this.#options.allowsNoTests && { allowsNoTests: true as const }),
      ...(shard && { shard: { index: shard.index, count: shard.count } }),
      ...(unhashed.length > 0 && { unhashed }),
      totals: totalsOf(tests),
    };
  }
}
