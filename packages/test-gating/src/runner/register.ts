import { describe, type RunnerTask, TestRunner, test } from 'vitest';
import { collectStatically, type StaticTask } from '../gate/static-tests.js';

/** Registers a file's tests with Vitest from its source text, so that they are counted without the file being run. */
export function registerStatically(path: string, source: string): void {
  for (const task of collectStatically(path, source)) register(task);
}

function register(task: StaticTask): void {
  const options = { tags: [...task.tags], skip: task.mode === 'skip', todo: task.mode === 'todo' };
  if (task.kind === 'suite') describe(task.name, options, () => task.children.forEach(register));
  else test(task.name, options, notRun);
  const registered = TestRunner.getCurrentSuite().tasks.at(-1) as RunnerTask | undefined;
  if (registered?.type === 'test') registered.location = task.location;
}

function notRun(): never {
  throw new Error('drydock: a gated test was started; please report this as a defect of the gate.');
}
