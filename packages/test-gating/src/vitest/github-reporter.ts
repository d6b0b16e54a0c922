import { appendFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { machineOutputFile, runsFolder, usageFile } from '@drydock/workspace';
import type { Vitest } from 'vitest/node';
import { problemOfWriting } from '../report/write-problem.js';
import type { DrivenReporter } from './results/driven-reporter.js';
import { hasMachineOutput } from './results/machine-output.js';

/** Variable that `drydock run` sets for Vitest because it reports the run itself: the folder that the run writes to. */
export const DRIVEN = 'DRYDOCK_DRIVEN';

/** Notes a mistake for the run around a task of Nx, which ends with 1 for every failure. */
export function noteUsage(line: string): void {
  const folder = process.env[DRIVEN];
  if (folder) problemOfWriting(() => appendFileSync(usageFile(folder), `${line}\n`));
}

/** The folder of the run around this one; a test may start Vitest in another workspace, which is no part of the run. */
export function drivenFolder(
  workspaceRoot: string,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const folder = env[DRIVEN];
  return folder && dirname(folder) === runsFolder(workspaceRoot) ? folder : undefined;
}

const NAME = 'github-actions';

let isConfigured = false;

/** Notes whether a configuration names reporters, which Vitest's own defaults hide once it has resolved them. */
export function noteReporters(reporters: unknown): void {
  isConfigured ||= [reporters ?? []].flat().length > 0;
}

/** Whether `drydock run` reports this run and nobody configured reporters of their own. */
function hasOwnReporters({ config }: Vitest): boolean {
  // Vitest adds its own only where neither the configuration nor `--reporter` names any.
  const { reporter } = config as { reporter?: unknown };
  return isConfigured || [reporter ?? []].flat().length > 0;
}

/**
 * Leaves to `drydock run` what it reports itself: GitHub's annotations, and in a run without Nx all of the summary.
 * Reporters that somebody configured stay; where one of them writes to standard output for programs, the driver is told
 * so. Returns the reporter that shows progress in place of Vitest's own.
 */
export async function leaveReportsToDriver(
  vitest: Vitest,
  workspaceRoot: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<DrivenReporter | undefined> {
  if (!env[DRIVEN]) return undefined;
  if (hasOwnReporters(vitest)) {
    const folder = drivenFolder(workspaceRoot, env);
    if (folder && env.NX_TASK_TARGET_PROJECT === undefined && hasMachineOutput(vitest))
      problemOfWriting(() => writeFileSync(machineOutputFile(folder), ''));
    return undefined;
  }
  const { config } = vitest;
  if (env.NX_TASK_TARGET_PROJECT !== undefined || config.watch) {
    config.reporters = config.reporters.filter((entry) => !Array.isArray(entry) || entry[0] !== NAME);
    return undefined;
  }
  const { createDrivenReporter } = await import('./results/driven-reporter.js');
  const driven = await createDrivenReporter();
  (config as { reporters: unknown[] }).reporters = [driven];
  return driven;
}
