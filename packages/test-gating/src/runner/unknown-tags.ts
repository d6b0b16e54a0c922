import type { RunnerTestFile } from 'vitest';
import { suggestion } from '../markers/nearest.js';

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
