import { installedBinary } from '../installed-binary.js';
import type { StartedRun } from '../run-folder.js';
import { environmentOfRun } from './environment-of-run.js';
import { type ChildExit, exitOf, startGroup } from './exit-of.js';
import { isolatedCommand } from './isolate-network.js';

/** Message of the error where Vitest is not installed. */
export const NO_VITEST = 'Vitest is not installed here. Install it: npm install --save-dev vitest.';

/** Runs Vitest in a folder until somebody ends it, with the keys of this terminal, and returns how it ended. */
export function watchVitest(request: StartedRun, folder: string): Promise<ChildExit> {
  const vitest = installedBinary(request.workspaceRoot, 'vitest', NO_VITEST);
  const command = isolatedCommand([vitest, '--watch', ...request.vitestArgs], request);
  const env = environmentOfRun(request);
  return exitOf(startGroup(command, { cwd: folder, env, stdio: ['inherit', 'inherit', 'inherit'] }));
}

/** Runs Vitest in a project outside an Nx workspace and returns how Vitest ended. */
export function driveVitest(request: StartedRun): Promise<ChildExit> {
  const vitest = installedBinary(request.workspaceRoot, 'vitest', NO_VITEST);
  const command = isolatedCommand([vitest, 'run', ...request.vitestArgs], request);
  const child = startGroup(command, {
    cwd: request.workspaceRoot,
    env: environmentOfRun(request),
    stdio: request.json ? ['ignore', process.stderr, process.stderr] : ['ignore', 'inherit', 'inherit'],
  });
  return exitOf(child);
}
