import { spawnSync } from 'node:child_process';
import { createRedactor } from '@drydock/redaction';
import { readPackageJson } from '@drydock/workspace';
import type { RunInfo } from '../../ledger/schema.js';
import type { RunRequest } from './run-request.js';

const GIT_TIMEOUT_MS = 2_000;

/** Where and how a run was started; a workspace outside git has neither branch nor commit. */
export function runInfoOf(request: RunRequest): RunInfo {
  const { workspaceRoot } = request;
  const [commit, branch] = git(workspaceRoot, ['rev-parse', '--short', 'HEAD', '--abbrev-ref', 'HEAD']);
  return {
    project: readPackageJson(workspaceRoot).name ?? '',
    ...(branch && branch !== 'HEAD' && { branch }),
    ...(commit && { commit }),
    command: createRedactor().text(commandOf(request)),
    node: process.version,
  };
}

function git(cwd: string, args: readonly string[]): string[] {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', timeout: GIT_TIMEOUT_MS });
  return status === 0 ? stdout.trim().split('\n') : [];
}

/** The command without the arguments for Vitest, which may hold anything. */
function commandOf({
  grants,
  run,
  expression,
  name,
  select,
  failed,
  rerunOf,
  vitestArgs,
}: RunRequest): string {
  const paths = rerunOf === undefined ? select : [];
  return [
    'drydock run',
    ...(grants.level === 'test' ? [] : [`--level ${grants.level}`]),
    ...run.map((marker) => `--run-${marker}`),
    ...(expression === undefined ? [] : [`-m "${expression}"`]),
    ...(name === undefined ? [] : [`-t "${name}"`]),
    ...(failed ? ['--failed'] : []),
    ...paths.map((target) => (target.name === undefined ? target.path : `"${target.path}::${target.name}"`)),
    ...(vitestArgs.length === 0 ? [] : ['-- …']),
  ].join(' ');
}
