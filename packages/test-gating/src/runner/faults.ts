import type { RunnerTask, RunnerTaskResult, RunnerTestCase, RunnerTestFile } from 'vitest';

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
  const known = (task.result?.errors ?? []).filter(
    ({ message }) => !errors.some((error) => error.message === message),
  );
  const result: Result = task.result ?? { state: 'fail' };
  // In place: Vitest may have queued this very object to be reported.
  Object.assign(result, { state: 'fail', errors: [...errors, ...known] });
  const attempt = result.attempts?.at(-1);
  if (attempt) Object.assign(attempt, { state: 'fail', errors: [...errors, ...(attempt.errors ?? [])] });
  delete result.pending;
  task.result = result;
  for (let suite = task.suite; suite; suite = suite.suite) markFailed(suite);
  markFailed(task.file);
}

function markFailed(task: RunnerTask): void {
  if (task.result) task.result.state = 'fail';
}

function serialize({ code, message }: Fault, swallowed: boolean): TestError {
  return { name: 'HarnessError', code, message, swallowed, stack: `HarnessError: ${message}` };
}
