import { join } from 'node:path';
import type { RunRequest } from './run-options.js';

/** This process's environment with the variables by which a run tells Vitest and Nx what was asked for, and no others. */
export function environmentOfRun(request: RunRequest): NodeJS.ProcessEnv {
  const asked = {
    DRYDOCK_LEVEL: request.grants.level === 'test' ? '' : request.grants.level,
    DRYDOCK_RUN: request.run.join(','),
    DRYDOCK_EXPRESSION: request.expression ?? '',
    DRYDOCK_NAME: request.name ?? '',
    DRYDOCK_SELECT: request.select.length === 0 ? '' : JSON.stringify(request.select),
    DRYDOCK_ALLOW_HOSTS: request.allowHost.join(','),
    DRYDOCK_LEARN: request.learn ? learnFile(request.workspaceRoot) : '',
    DRYDOCK_ENV_OVERRIDE: request.envOverride ? '1' : '',
  };
  const others = Object.entries(process.env).filter(([name]) => !(name in asked));
  const given = Object.entries(asked).filter(([, value]) => value !== '');
  return Object.fromEntries([...others, ...given]);
}

/** Where the workers of a learning run note what they reach. */
export function learnFile(workspaceRoot: string): string {
  return join(workspaceRoot, '.drydock', 'learned.jsonl');
}
