import { createRedactor, pickSecrets, type Redactor } from '@drydock/redaction';
import type { RunnerTask, RunnerTaskResult } from 'vitest';

/** Longest text of an error, in characters; Vitest itself shows far less. */
const MOST = 1_000_000;
const COVERED = Symbol.for('drydock.redacted');

type Write = NodeJS.WriteStream['write'];
interface Stream {
  write: Write;
  [COVERED]?: true;
}

const NAMES = ['name', 'fullName', 'fullTestName'] as const;
type Named = { -readonly [Key in (typeof NAMES)[number]]?: string };

/** Takes secrets out of what a worker tells, before it leaves the worker: no reporter, ours or another's, sees them. */
export class WorkerRedactor {
  #redactor: Redactor | undefined;

  /** The environment may have changed since: what is said next is judged by what it holds then. */
  refresh(): void {
    this.#redactor = undefined;
  }

  text(text: string): string {
    this.#redactor ??= createRedactor({ values: pickSecrets(process.env), maxStringLength: MOST });
    return this.#redactor.text(text);
  }

  /** In place: Vitest may have queued this very object to be reported. */
  result(result: RunnerTaskResult | undefined): void {
    if (!result?.errors?.length) return;
    this.refresh();
    this.text('');
    result.errors = result.errors.map((error) => this.#redactor?.value(error) as typeof error);
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
    const emitter: NodeJS.EventEmitter & { [COVERED]?: true } = process;
    if (emitter[COVERED]) return;
    Object.defineProperty(emitter, COVERED, { value: true, enumerable: false });
    // Before Vitest's own listener, which sends the error away.
    for (const event of ['unhandledRejection', 'uncaughtException'])
      emitter.prependListener(event, (error: unknown) => this.#coverError(error));
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

  #coverError(error: unknown): void {
    if (!(error instanceof Error)) return;
    for (const key of ['message', 'stack'] as const) {
      const value = error[key];
      if (typeof value === 'string')
        Object.defineProperty(error, key, { value: this.text(value), configurable: true, writable: true });
    }
    this.#coverError(error.cause);
  }
}

function withDescendants(task: RunnerTask): Named[] {
  return task.type === 'suite' ? [task as Named, ...task.tasks.flatMap(withDescendants)] : [task as Named];
}
