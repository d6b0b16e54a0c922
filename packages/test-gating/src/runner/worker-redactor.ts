import { createRedactor, pickSecrets, type Redactor } from '@drydock/redaction';
import type { RunnerTask, RunnerTaskResult } from 'vitest';

/** Longest text of an error, in characters; Vitest itself shows far less. */
const MOST = 1_000_000;
const COVERED = Symbol.for('drydock.redacted');

/** Vitest's state of a worker, as far as it matters here. */
interface WorkerState {
  rpc: { onUnhandledError(error: unknown, type: string): unknown };
  [COVERED]?: true;
}

type Write = NodeJS.WriteStream['write'];
interface Stream {
  write: Write;
  [COVERED]?: true;
}

const NAMES = ['name', 'fullName', 'fullTestName'] as const;
type NamedTask = { -readonly [Key in (typeof NAMES)[number]]?: string };

/** Removes secrets from everything that a worker reports, so that no reporter gets them. */
export class WorkerRedactor {
  readonly #commonValues: readonly string[];
  #redactor: Redactor | undefined;

  constructor(commonValues: readonly string[] = []) {
    this.#commonValues = commonValues;
  }

  /** Forgets the known secrets, because the environment may have changed. */
  refresh(): void {
    this.#redactor = undefined;
  }

  text(text: string): string {
    return this.#current().text(text);
  }

  #value(value: unknown): unknown {
    return this.#current().value(value);
  }

  #current(): Redactor {
    this.#redactor ??= createRedactor({
      values: pickSecrets(process.env),
      commonValues: this.#commonValues,
      maxStringLength: MOST,
    });
    return this.#redactor;
  }

  /** In place: Vitest may have queued this very object to be reported. Vitest 5 keeps the errors of each attempt too. */
  result(result: RunnerTaskResult | undefined): void {
    const { attempts = [] } = (result ?? {}) as { attempts?: { errors?: unknown[] }[] };
    const holders = [result, ...attempts] as ({ errors?: unknown[] } | undefined)[];
    for (const holder of holders) {
      if (!holder?.errors?.length) continue;
      this.refresh();
      holder.errors = holder.errors.map((error) => this.#value(error));
    }
  }

  /** Names of tests are often made of what they try. */
  names(file: RunnerTask): void {
    const tasks = withDescendants(file);
    const all = tasks.flatMap((task) => NAMES.map((key) => task[key] ?? '')).join('\n');
    // One look at all of them: a name that holds a secret is rare.
    if (this.text(all) === all) return;
    for (const task of tasks)
      for (const key of NAMES) if (task[key] !== undefined) task[key] = this.text(task[key]);
  }

  /** Covers what tests print, and errors that nobody catches. */
  cover(): void {
    const { _stdout: out, _stderr: err } = console as unknown as Record<string, Stream | undefined>;
    for (const stream of [out, err, process.stdout as Stream, process.stderr as Stream])
      this.#coverStream(stream);
    this.#coverUnhandledErrors();
  }

  /**
   * Redacts where the worker reports an error that nobody caught. A listener of our own on `uncaughtException` or
   * `unhandledRejection` would silence Vitest's: where another listens, it takes the error as handled by the project.
   */
  #coverUnhandledErrors(): void {
    const state = (globalThis as { __vitest_worker__?: WorkerState }).__vitest_worker__;
    if (!state || state[COVERED]) return;
    const { rpc } = state;
    const report = (error: unknown, type: string) => {
      this.refresh();
      return rpc.onUnhandledError(this.#value(error), type);
    };
    state.rpc = new Proxy(rpc, {
      get: (target, key) => (key === 'onUnhandledError' ? report : Reflect.get(target, key)),
    });
    Object.defineProperty(state, COVERED, { value: true, enumerable: false });
  }

  #coverStream(stream: Stream | undefined): void {
    if (!stream || stream[COVERED]) return;
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
    stream.write = ((chunk: unknown, ...rest: unknown[]) => write(this.#chunk(chunk), ...rest)) as Write;
    Object.defineProperty(stream, COVERED, { value: true, enumerable: false });
  }

  #chunk(chunk: unknown): unknown {
    if (typeof chunk === 'string') return this.text(chunk);
    if (!(chunk instanceof Uint8Array)) return chunk;
    const text = Buffer.from(chunk).toString('utf8');
    const shown = this.text(text);
    return shown === text ? chunk : shown;
  }
}

function withDescendants(task: RunnerTask): NamedTask[] {
  return task.type === 'suite'
    ? [task as NamedTask, ...task.tasks.flatMap(withDescendants)]
    : [task as NamedTask];
}
