import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@drydock/workspace';
import type { RunRequest } from '../request/run-request.js';

const NAMES = ['vitest.config', 'vite.config'];
const EXTENSIONS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];
/** Arguments with which Vitest reads a configuration other than the folder's own. */
const ELSEWHERE = /^(?:--config|-c|--root|-r)(?:=|$)/;

const FIND_UNGATED = fileURLToPath(new URL('./find-ungated.js', import.meta.url));
const FIND_TIMEOUT_MS = 60_000;

/**
 * Checks that Vitest finds a configuration with `drydock()`: without it every test would run ungated.
 *
 * @throws UsageError that names the folder, or the projects, and what to do.
 */
export async function checkVitestConfig(request: RunRequest): Promise<void> {
  const { workspaceRoot, vitestArgs } = request;
  const isElsewhere = vitestArgs.some((word) => ELSEWHERE.test(word));
  const text = textOfConfig(workspaceRoot);
  if (text === undefined && !isElsewhere) throw new UsageError(withoutConfig(workspaceRoot));
  // Setting Vitest up costs as much as a small run, so it is done only where the text of the configuration lacks drydock.
  if (!isElsewhere && text?.includes('drydock')) return;
  const ungated = await findUngated(request);
  if (ungated.length > 0) throw new UsageError(withoutPlugin(ungated));
}

function textOfConfig(folder: string): string | undefined {
  const paths = NAMES.flatMap((name) => EXTENSIONS.map((extension) => join(folder, `${name}.${extension}`)));
  for (const path of paths) {
    try {
      return readFileSync(path, 'utf8');
    } catch {}
  }
  return undefined;
}

/** Names of the Vitest projects without the gate; empty for a broken configuration, which the run itself reports. */
function findUngated({ workspaceRoot, vitestArgs }: RunRequest): Promise<readonly string[]> {
  const child = fork(FIND_UNGATED, vitestArgs, {
    cwd: workspaceRoot,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: FIND_TIMEOUT_MS,
  });
  return new Promise((resolve) => {
    child.once('message', (names) => resolve(names as string[]));
    child.once('error', () => resolve([]));
    child.once('exit', () => resolve([]));
  });
}

function withoutConfig(folder: string): string {
  return `There is no Vitest configuration in ${folder}, so nothing would be gated. Write a vitest.config.ts there with drydock() in its plugins, and test.projects: ['packages/*'] where each package has its own; or run vitest in the package.`;
}

function withoutPlugin(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return `Nothing would be gated in ${names.length === 1 ? 'this Vitest project' : 'these Vitest projects'}: ${shown}. Add drydock() of @drydock/test-gating/vitest to the plugins of the Vitest configuration.`;
}
