import type { Redactor } from '@drydock/redaction';
import type { RunnerTask, RunnerTaskResult } from 'vitest';

/** Longest text of an error, in characters; Vitest itself shows far less. */
export const MOST = 1_000_000;

const NAMES = ['name', 'fullName', 'fullTestName'] as const;
type NamedTask = { -readonly [Key in (typeof NAMES)[number]]?: string };

/** What Vitest's types leave out: the reason that a test gave for skipping itself, and in Vitest 5 the errors of each attempt. */
export type NotedResult = RunnerTaskResult & { note?: string; attempts?: { errors?: unknown[] }[] };

/** Whether a result holds anything to redact. */
export function hasTexts(result: NotedResult | undefined): result is NotedResult {
  return Boolean(result?.note || result?.errors?.length || result?.attempts?.length);
}

/** What the harness itself leaves in a task's `meta`, for its own reporter. */
const OWN_META = new Set(['drydock', 'drydockGuard']);

/** Redacts the names of a file's tasks in place: names of tests are often made of what they try. */
export function redactNames(file: RunnerTask, redactor: Redactor): void {
  const tasks = withDescendants(file) as NamedTask[];
  const all = tasks.flatMap((task) => NAMES.map((key) => task[key] ?? '')).join('\n');
  // One look at all of them: a name that holds a secret is rare.
  if (redactor.text(all) === all) return;
  for (const task of tasks)
    for (const key of NAMES) if (task[key] !== undefined) task[key] = redactor.text(task[key]);
}

/** Redacts errors and the reason of a skip, in place: Vitest may have queued this very object to be reported. */
export function redactResult(result: NotedResult | undefined, redactor: Redactor): void {
  if (!hasTexts(result)) return;
  if (result.note) result.note = redactor.text(result.note);
  const holders: { errors?: unknown[] | undefined }[] = [result, ...(result.attempts ?? [])];
  for (const holder of holders) {
    if (holder.errors?.length) holder.errors = holder.errors.map((error) => redactor.value(error));
  }
}

/** A redacted copy of what tests left in the `meta` of a task. */
export function redactedMeta<T extends object>(meta: T, redactor: Redactor): T {
  const entries = Object.entries(meta);
  if (entries.every(([key]) => OWN_META.has(key))) return meta;
  const foreign = Object.fromEntries(entries.filter(([key]) => !OWN_META.has(key)));
  const own = Object.fromEntries(entries.filter(([key]) => OWN_META.has(key)));
  return { ...(redactor.value(foreign) as object), ...own } as T;
}

/** A task and everything below it. */
export function withDescendants(task: RunnerTask): RunnerTask[] {
  return task.type === 'suite' ? [task, ...task.tasks.flatMap(withDescendants)] : [task];
}
