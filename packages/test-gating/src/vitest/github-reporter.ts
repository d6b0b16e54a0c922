import { appendFileSync } from 'node:fs';
import type { Vitest } from 'vitest/node';
import { problemOfWriting } from '../report/write-problem.js';

/** Variable that `drydock run` sets for Vitest because it reports the run itself: the file for mistakes in configuration. */
export const DRIVEN = 'DRYDOCK_DRIVEN';

/** Notes a mistake for the run around a task of Nx, which ends with 1 for every failure. */
export function noteUsage(line: string): void {
  const file = process.env[DRIVEN];
  if (file) problemOfWriting(() => appendFileSync(file, `${line}\n`));
}

const NAME = 'github-actions';

let isConfigured = false;

/** Notes whether a configuration names reporters, which Vitest's own defaults hide once it has resolved them. */
export function noteReporters(reporters: unknown): void {
  isConfigured ||= [reporters ?? []].flat().length > 0;
}

/**
 * Removes the reporter that Vitest adds by itself in a GitHub workflow where `drydock run` annotates the same failures;
 * a reporter that somebody configured stays.
 */
export function leaveGithubToDriver({ config }: Vitest, env: NodeJS.ProcessEnv = process.env): void {
  // Vitest adds it only where neither the configuration nor `--reporter` names any.
  const { reporter } = config as { reporter?: unknown };
  if (!env[DRIVEN] || isConfigured || [reporter ?? []].flat().length > 0) return;
  config.reporters = config.reporters.filter((entry) => !Array.isArray(entry) || entry[0] !== NAME);
}
