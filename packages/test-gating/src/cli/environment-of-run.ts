import { join } from 'node:path';
import type { RunRequest } from './run-options.js';

/** The variables by which a run tells Vitest and Nx what was asked for. */
export function environmentOfRun(request: RunRequest): Record<string, string> {
  const { flags, level } = { flags: request, level: request.grants.level };
  return withoutEmpty({
    DRYDOCK_LEVEL: level === 'test' ? '' : level,
    DRYDOCK_RUN: flags.run.join(','),
    DRYDOCK_EXPRESSION: flags.expression ?? '',
    DRYDOCK_NAME: flags.name ?? '',
    DRYDOCK_SELECT: flags.select.length === 0 ? '' : JSON.stringify(flags.select),
    DRYDOCK_ALLOW_HOSTS: flags.allowHost.join(','),
    DRYDOCK_LEARN: flags.learn ? learnFile(request.workspaceRoot) : '',
    DRYDOCK_ENV_OVERRIDE: flags.envOverride ? '1' : '',
  });
}

function withoutEmpty(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** Where the workers of a learning run note what they reach. */
export function learnFile(workspaceRoot: string): string {
  return join(workspaceRoot, '.drydock', 'learned.jsonl');
}
