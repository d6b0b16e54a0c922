import { misspelt, suggestion } from '@drydock/workspace';
import type { RunnerTask, RunnerTestFile } from 'vitest';

const UNKNOWN_TAG = /^The tag "([^"]+)" is not defined in the configuration\./;

/** Puts the nearest known tag in front of Vitest's own message about an unknown one. */
export function explainUnknownTags(file: RunnerTestFile, known: readonly string[]): void {
  for (const error of file.result?.errors ?? []) {
    const tag = UNKNOWN_TAG.exec(error.message ?? '')?.[1];
    if (tag === undefined) continue;
    const hint = `Unknown marker '${tag}'. ${suggestion(tag, known)} Define it as a tag or in drydock({ markers }).`;
    error.message = hint;
    error.stack = error.stack?.replace(UNKNOWN_TAG, hint) ?? hint;
    Object.assign(error, { code: 'ERR_DRYDOCK_UNKNOWN_MARKER' });
  }
}

/**
 * Fails a file in which a tag is a misspelt marker, which would run ungated; only a project that lets unknown tags
 * pass (`strictTags: false`) comes this far with one.
 */
export function refuseMisspeltTags(
  file: RunnerTestFile,
  known: readonly string[],
  markers: readonly string[],
): void {
  const tags = new Set(tagsBelow(file));
  for (const tag of known) tags.delete(tag);
  const errors = [...tags].flatMap((tag) => {
    const guess = misspelt(tag, markers);
    if (guess === undefined) return [];
    const message = `Unknown marker '${tag}'. Did you mean '${guess}'? Define it as a tag or in drydock({ markers }).`;
    return [{ name: 'HarnessError', message, stack: message, code: 'ERR_DRYDOCK_UNKNOWN_MARKER' }];
  });
  if (errors.length > 0) file.result = { state: 'fail', errors: [...(file.result?.errors ?? []), ...errors] };
}

function tagsBelow(task: RunnerTask): string[] {
  return [...(task.tags ?? []), ...(task.type === 'suite' ? task.tasks.flatMap(tagsBelow) : [])];
}
