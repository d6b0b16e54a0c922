import { createRedactor, pickSecrets, type Redactor } from '@drydock/redaction';
import type { RunnerTask } from 'vitest';
import { coverWrites } from '../redact/cover-stream.js';
import { redactRecord } from '../redact/redact-record.js';
import { hasTexts, MOST, type NotedResult, redactNames, redactResult } from '../redact/redact-task.js';
import { type RedactionOptions, redactorOptions } from '../redact/redaction-options.js';
import { coverSnapshots, type SnapshotChannel, type SnapshotFiles } from '../redact/snapshot-secrets.js';

const COVERED = Symbol.for('drydock.redacted');

/** Vitest's state of a worker, as far as it matters here. */
interface WorkerState {
  rpc: SnapshotChannel & { onUnhandledError(error: unknown, type: string): unknown };
  config?: { snapshotOptions?: { snapshotEnvironment?: (SnapshotFiles & { [COVERED]?: true }) | null } };
  [COVERED]?: true;
}

/**
 * Removes secrets from everything that a worker reports: those with a look, a name or a place of their own, and the values
 * that its tests can see. The values that are hidden from tests are known to the main process alone (`RunRedactor`).
 */
export class WorkerRedactor {
  readonly #commonValues: readonly string[];
  readonly #options: RedactionOptions;
  #redactor: Redactor | undefined;

  constructor(commonValues: readonly string[] = [], options: RedactionOptions = {}) {
    this.#commonValues = commonValues;
    this.#options = options;
  }

  /** Forgets the known secrets, because the environment may have changed. */
  refresh(): void {
    this.#redactor = undefined;
  }

  get #current(): Redactor {
    this.#redactor ??= createRedactor({
      ...redactorOptions(this.#options, Object.entries(pickSecrets(process.env, this.#options.names))),
      commonValues: this.#commonValues,
      maxStringLength: MOST,
    });
    return this.#redactor;
  }

  result(result: NotedResult | undefined): void {
    if (!hasTexts(result)) return;
    this.refresh();
    redactResult(result, this.#current);
  }

  names(file: RunnerTask): void {
    redactNames(file, this.#current);
  }

  /** An annotation or an artifact. */
  record(record: object): void {
    redactRecord(record, this.#current);
  }

  /** Covers what tests print, errors that nobody catches, and the snapshots that are stored. */
  cover(): void {
    const { _stdout: out, _stderr: err } = console as unknown as Record<string, NodeJS.WriteStream>;
    for (const stream of [out, err, process.stdout, process.stderr])
      coverWrites(stream, (text) => this.#current.text(text));
    const state = (globalThis as { __vitest_worker__?: WorkerState }).__vitest_worker__;
    if (!state) return;
    this.#coverSnapshots(state);
    this.#coverUnhandledErrors(state);
  }

  #coverSnapshots({ rpc, config }: WorkerState): void {
    const files = config?.snapshotOptions?.snapshotEnvironment;
    if (!files || files[COVERED]) return;
    coverSnapshots(files, rpc);
    Object.defineProperty(files, COVERED, { value: true, enumerable: false });
  }

  /**
   * Redacts where the worker reports an error that nobody caught. A listener of our own on `uncaughtException` or
   * `unhandledRejection` would silence Vitest's: where another listens, it takes the error as handled by the project.
   */
  #coverUnhandledErrors(state: WorkerState): void {
    if (state[COVERED]) return;
    const { rpc } = state;
    const report = (error: unknown, type: string) => {
      this.refresh();
      return rpc.onUnhandledError(this.#current.value(error), type);
    };
    state.rpc = new Proxy(rpc, {
      get: (target, key) => (key === 'onUnhandledError' ? report : Reflect.get(target, key)),
    });
    Object.defineProperty(state, COVERED, { value: true, enumerable: false });
  }
}
