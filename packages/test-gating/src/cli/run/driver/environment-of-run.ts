import { learnFile, spendFile } from '@drydock/workspace';
import { scopeOf } from '../../../gate/grants.js';
import { DRIVEN } from '../../../vitest/github-reporter.js';
import type { RunRequest } from '../../request/run-request.js';
import type { StartedRun } from '../run-folder.js';

/** Environment for Vitest and Nx: this process's own, with exactly those `DRYDOCK_` variables that the request needs. */
export function environmentOfRun(request: StartedRun): NodeJS.ProcessEnv {
  const variables = {
    DRYDOCK_LEVEL: request.grants.level === 'test' ? '' : request.grants.level,
    DRYDOCK_RUN: request.run.join(','),
    DRYDOCK_EXPRESSION: request.expression ?? '',
    DRYDOCK_NAME: request.name ?? '',
    DRYDOCK_SELECT: request.select.length === 0 ? '' : JSON.stringify(request.select),
    DRYDOCK_ALLOW_HOSTS: request.allowHost.join(','),
    DRYDOCK_LEARN: request.learn ? learnFile(request.runFolder) : '',
    DRYDOCK_LOCAL_MODEL: request.localModel ? '1' : '',
    DRYDOCK_ENV_OVERRIDE: request.envOverride ? '1' : '',
    [DRIVEN]: request.runFolder,
    DRYDOCK_LLM_SPEND_FILE:
      process.env.DRYDOCK_LLM_SPEND_FILE ?? (reachesProviders(request) ? spendFile(request.runFolder) : ''),
  };
  const others = Object.entries(process.env).filter(([name]) => !(name in variables));
  const given = Object.entries(variables).filter(([, value]) => value !== '');
  return Object.fromEntries([...others, ...given]);
}

function reachesProviders({ grants, registry }: RunRequest): boolean {
  return scopeOf(grants.granted, registry).includes('public');
}
