import { readFileSync } from 'node:fs';
import { createRegistry } from '@drydock/workspace';
import {
  inject,
  type RunnerTask,
  type RunnerTaskResult,
  type RunnerTestCase,
  type RunnerTestFile,
  type RunnerTestSuite,
  TestRunner,
} from 'vitest';
import { applyGate } from '../gate/apply.js';
import { FileGate } from '../gate/file-gate.js';
import { type GatePolicy, networkOf, noteOf, type Unavailable } from '../gate/policy.js';
import { loadBaseRunner } from './base-runner.js';
import { beforeHook } from './before-hook.js';
import { type Fault, failTask } from './faults.js';
import { removeParts, setFreshContext } from './fresh/context.js';
import { explainUnknownTags, refuseMisspeltTags } from './unknown-tags.js';
import { WorkerGuard } from './worker-guard.js';
import { WorkerRedactor } from './worker-redactor.js';

const Base = await loadBaseRunner(TestRunner);

interface SnapshotClient {
  skipTest(path: string, name: string): void;
}
type Trace = <T>(name: string, attributes: unknown, run?: () => T) => T;

/**
 * Vitest's runner with the gate in front and the guard around: gated files are not imported, gated tests and their
 * hooks do not run, and what a test does behind its own back fails it.
 */
export default class DrydockRunner extends Base {
  readonly #policy: GatePolicy = inject('drydock') ?? offlinePolicy();
  readonly #unavailable: Unavailable[] = inject('drydockUnavailable') ?? [];
  readonly #gate = new FileGate(this.#policy, this.#unavailable);
  readonly #guard = new WorkerGuard(
    this.#policy,
    inject('drydockEndpoints') ?? [],
    inject('drydockStarted') ?? [],
  );
  readonly #redactor = new WorkerRedactor(this.#policy.commonValues, this.#policy.redaction);
  /** Every task of this worker by id: a late timer may belong to a file that ended long ago. */
  readonly #tasks = new Map<string, RunnerTask>();
  /** Full names of the tests that the level leaves out, by file. */
  readonly #leftOut = new Map<string, readonly string[]>();

  constructor(config: ConstructorParameters<typeof TestRunner>[0]) {
    super(config);
    this.#redactor.cover();
    setFreshContext(inject('drydockFresh'));
    const setupFiles = config.setupFiles;
    beforeHook(this, 'onCollectStart', (file: RunnerTestFile) => {
      config.setupFiles = this.#gate.runsNothing(file.filepath) ? [] : setupFiles;
      this.#guard.enterFile(file.filepath, this.#gate.tagsOf(file.filepath));
    });
    beforeHook(this, 'onCollected', (files: RunnerTestFile[]) => {
      const known = config.tags.map(({ name }) => name);
      const markers = this.#policy.registry.markers.map(({ name }) => name);
      for (const file of files) {
        explainUnknownTags(file, known);
        refuseMisspeltTags(file, known, markers);
        this.#leftOut.set(file.filepath, applyGate(file, this.#policy, this.#unavailable, config));
        this.#prove(file);
        this.#remember(file);
        this.#redactor.refresh();
        this.#redactor.names(file);
        this.#redactor.result(file.result);
      }
      // A file that the gate empties is not a mistake; one that its author left empty is.
      config.passWithNoTests = this.#policy.allowsNoTests || files.every((file) => this.#isEmptied(file));
    });
    beforeHook(
      this,
      'onTaskUpdate',
      (packs: [id: string, result: RunnerTaskResult | undefined, meta: unknown][]) => {
        for (const [, result] of packs) this.#redactor.result(result);
      },
    );
    for (const hook of ['onTestAnnotate', 'onTestArtifactRecord'] as const)
      beforeHook(this, hook, (_test: unknown, record: object) => this.#redactor.record(record));
    const trace = this.trace as Trace;
    this.trace = ((name: string, attributes: Record<string, string>, run?: () => unknown) =>
      this.#attribute(name, attributes, () => trace(name, attributes, run))) as typeof this.trace;
  }

  override importFile(filepath: string, source: 'collect' | 'setup'): unknown {
    if (source !== 'collect' || !this.#gate.runsNothing(filepath)) return super.importFile(filepath, source);
    if (this.#gate.isOutsideLevel(filepath)) return undefined;
    return this.#registerGated(filepath);
  }

  async #registerGated(filepath: string): Promise<void> {
    // Brings a parser, which a worker whose file is not gated does without.
    const { registerStatically } = await import('./register.js');
    registerStatically(filepath, readFileSync(filepath, 'utf8'));
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    if (suite.mode !== 'skip' && suite.file === suite) this.#keepSnapshots(suite.file);
    await super.onAfterRunSuite(suite);
  }

  override onAfterRunTask(test: RunnerTestCase): void {
    super.onAfterRunTask(test);
    const faults = this.#guard.takeFaults(test.id);
    if (faults.length > 0) failTask(test, faults);
  }

  /** Vitest traces every test, suite and file as a whole, hooks and fixtures included: the place to say whose they are. */
  #attribute(name: string, attributes: Record<string, string>, run: () => unknown): unknown {
    const task = this.#tasks.get(attributes['vitest.test.id'] ?? attributes['vitest.suite.id'] ?? '');
    if (name === 'run.test' && task?.type === 'test') return this.#runTest(task, run);
    if (name === 'run.suite' && task) {
      const tags = [...this.#gate.tagsOf(task.file.filepath), ...(task.tags ?? [])];
      return this.#guard.runSuite(tags, networkOf(task.meta), run);
    }
    if (name === 'run.spec') return this.#runFile(attributes['code.file.path'] ?? '', run);
    return run();
  }

  async #runTest(test: RunnerTestCase, run: () => unknown): Promise<void> {
    const tags = [...(noteOf(test.meta)?.markers ?? []), ...(test.tags ?? [])];
    this.#redactor.refresh();
    await this.#guard.runTest(
      { id: test.id, name: test.name, file: test.file.filepath, tags, network: networkOf(test.meta) },
      run,
    );
    // Only a test that skipped itself from inside comes here with faults left: Vitest ends it without its last hook.
    await this.#report(test, this.#guard.takeFaults(test.id));
  }

  async #runFile(path: string, run: () => unknown): Promise<void> {
    this.#guard.enterFile(path, this.#gate.tagsOf(path));
    try {
      await run();
    } finally {
      await this.#guard.runSuite(this.#policy.grants.granted, {}, removeParts);
    }
    const file = [...this.#tasks.values()].find(
      (task) => task.type === 'suite' && task.file === task && task.file.filepath === path,
    );
    if (file === undefined) return;
    this.#prove(file as RunnerTestFile);
    for (const fault of this.#guard.takeFaults()) {
      const task = this.#tasks.get(fault.test ?? '') ?? file;
      await this.#report(task as RunnerTestCase | RunnerTestFile, [fault]);
    }
    await this.#report(file as RunnerTestFile, this.#guard.takeKernelFaults(path));
    await this.#send([file]);
  }

  /** A snapshot of a test that the level leaves out is not obsolete; Vitest says the same of skipped tests. */
  #keepSnapshots({ filepath }: RunnerTestFile): void {
    // Private in Vitest's types, and absent from a runner that does not extend its.
    const { snapshotClient } = this as unknown as { snapshotClient?: SnapshotClient };
    for (const name of this.#leftOut.get(filepath) ?? []) snapshotClient?.skipTest(filepath, name);
  }

  async #report(task: RunnerTestCase | RunnerTestFile, faults: readonly Fault[]): Promise<void> {
    if (faults.length === 0) return;
    failTask(task, faults);
    await this.#send([task, task.file]);
  }

  /** Tells the main process of results that changed after Vitest had sent them. */
  async #send(tasks: readonly RunnerTask[]): Promise<void> {
    const { onTaskUpdate } = this as { onTaskUpdate?: (packs: unknown[], events: unknown[]) => unknown };
    await onTaskUpdate?.(
      tasks.map(({ id, result, meta }) => [id, result, meta]),
      [],
    );
  }

  #isEmptied({ filepath }: RunnerTestFile): boolean {
    return (this.#leftOut.get(filepath)?.length ?? 0) > 0 || this.#gate.runsNothing(filepath);
  }

  #prove(file: RunnerTestFile): void {
    const proof = this.#guard.prove();
    if (proof) Object.assign(file.meta, { drydockGuard: proof });
    const { reads } = this.#guard;
    if (reads.length > 0) Object.assign(file.meta, { drydockReads: reads });
  }

  #remember(task: RunnerTask): void {
    this.#tasks.set(task.id, task);
    if (task.type === 'suite') for (const child of task.tasks) this.#remember(child);
  }
}

/** A worker that was given no policy is offline: the gate fails closed. */
function offlinePolicy(): GatePolicy {
  return { registry: createRegistry(), grants: { level: 'test', granted: [], unmarked: true } };
}
