import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UsageError } from '../usage-error.js';
import { environmentOfRun } from './environment-of-run.js';
import { behindWall } from './network-wall.js';
import type { RunRequest } from './run-options.js';

/** Runs Vitest in a project that is no Nx workspace and returns its exit code. */
export function driveVitest(request: RunRequest): Promise<number> {
  const args = [vitestBinary(request.workspaceRoot), 'run', ...request.vitestArgs];
  const command = behindWall(args, request);
  const child = spawn(command.file, command.args, {
    cwd: request.workspaceRoot,
    env: environmentOfRun(request),
    stdio: request.json ? ['ignore', process.stderr, process.stderr] : ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
}

function vitestBinary(root: string): string {
  const require = createRequire(join(root, 'package.json'));
  try {
    const manifest = require.resolve('vitest/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { vitest: string } };
    return join(dirname(manifest), bin.vitest);
  } catch {
    throw new UsageError('Vitest is not installed here. Install it: npm install --save-dev vitest.');
  }
}
