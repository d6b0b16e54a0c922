import type { RunnerTask, RunnerTaskResult, RunnerTestCase, RunnerTestFile } from 'vitest';

const MOST_CAUSES = 10;

type TestError = NonNullable<RunnerTaskResult['errors']>[number];

/** Vitest 5 keeps the errors of each attempt too, and prints those. */
interface Result extends RunnerTaskResult {
  pending?: boolean;
  attempts?: { state: string; errors?: TestError[] }[];
}

/** A breach of the harness's rules that no assertion would show. */
export interface Fault {
  /** Vitest's id of the test to blame; the file is blamed where there is none. */
  readonly test?: string | undefined;
  readonly code: 'ERR_DRYDOCK_BLOCKED' | 'ERR_DRYDOCK_ENVIRONMENT' | 'ERR_DRYDOCK_GUARD';
  readonly message: string;
}

/** Fails a task for its faults, whatever it had come to: passed, expected to fail, skipped from inside. */
export function failTask(task: RunnerTestCase | RunnerTestFile, faults: readonly Fault[]): void {
  // Whatever the test made of the refusal, it did not let it through.
  const swallowed = task.type === 'test' && task.result?.state !== 'fail';
  const errors = faults.map((fault) => serialize(fault, swallowed));
  const isNew = (error: TestError) => !faults.some(({ message }) => isCausedBy(error, message));
  const known = (task.result?.errors ?? []).filter(isNew);
  // Where the project's code was, which the refusal itself does not show.
  const stack = (task.result?.errors ?? []).find((error) => !isNew(error))?.stack;
  for (const error of errors) if (stack !== undefined) error.origin = stack;
  const result: Result = task.result ?? { state: 'fail' };
  // In place: Vitest may have queued this very object to be reported.
  Object.assign(result, { state: 'fail', errors: [...errors, ...known] });
  const attempt = result.attempts?.at(-1);
  if (attempt)
    Object.assign(attempt, { state: 'fail', errors: [...errors, ...(attempt.errors ?? []).filter(isNew)] });
  delete result.pending;
  task.result = result;
  for (let suite = task.suite; suite; suite = suite.suite) markFailed(suite);
  markFailed(task.file);
}

function markFailed(task: RunnerTask): void {
  if (task.result) task.result.state = 'fail';
}

/** Whether an error is a refusal, or has it among its causes: it is told once. */
function isCausedBy(error: TestError | undefined, message: string, depth = 0): boolean {
  if (error === undefined || depth > MOST_CAUSES) return false;
  return error.message === message || isCausedBy(error.cause as TestError | undefined, message, depth + 1);
}

function serialize({ code, message }: Fault, swallowed: boolean): TestError {
  return { name: 'HarnessError', code, message, swallowed, stack: `HarnessError: ${message}` };
}
