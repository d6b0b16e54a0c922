import { join } from 'node:path';
import { scopeOf } from '../../gate/grants.js';
import { DRIVEN } from '../../vitest/github-reporter.js';
import type { RunRequest } from '../request/run-request.js';

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
    [DRIVEN]: '1',
    DRYDOCK_LLM_SPEND_FILE:
      process.env.DRYDOCK_LLM_SPEND_FILE ?? (asksProviders(request) ? spendFile(request.workspaceRoot) : ''),
  };
  const others = Object.entries(process.env).filter(([name]) => !(name in asked));
  const given = Object.entries(asked).filter(([, value]) => value !== '');
  return Object.fromEntries([...others, ...given]);
}

/** Where all processes of a run note what their real calls have cost, so that one cap holds over them. */
export function spendFile(workspaceRoot: string): string {
  return join(workspaceRoot, '.drydock', 'llm-spend.jsonl');
}

function asksProviders({ grants, registry }: RunRequest): boolean {
  return scopeOf(grants.granted, registry).includes('public');
}

/** Where the workers of a learning run note what they reach. */
export function learnFile(workspaceRoot: string): string {
  return join(workspaceRoot, '.drydock', 'learned.jsonl');
}
