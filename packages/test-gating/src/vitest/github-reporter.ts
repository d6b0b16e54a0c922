import type { Vitest } from 'vitest/node';

/** Variable by which `drydock run` tells Vitest that it will report the run itself. */
export const DRIVEN = 'DRYDOCK_DRIVEN';

const NAME = 'github-actions';

let isConfigured = false;

/** Notes whether a configuration names reporters; once Vitest has resolved it, its own defaults look the same. */
export function noteReporters(reporters: unknown): void {
  isConfigured ||= [reporters ?? []].flat().length > 0;
}

/**
 * Takes out the reporter that Vitest adds of itself in a GitHub workflow, where `drydock run` is about to annotate the
 * same failures; one that was asked for stays.
 */
export function leaveGithubToDriver({ config }: Vitest, env: NodeJS.ProcessEnv = process.env): void {
  // Vitest adds it only where neither the configuration nor `--reporter` names any.
  const { reporter } = config as { reporter?: unknown };
  if (!env[DRIVEN] || isConfigured || [reporter ?? []].flat().length > 0) return;
  config.reporters = config.reporters.filter((entry) => !Array.isArray(entry) || entry[0] !== NAME);
}
