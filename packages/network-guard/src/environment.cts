import path from 'node:path';
import type { GuardOptions, Scope } from './types.cjs';

const SCOPES = new Set<string>(['none', 'lan', 'public']);

/** Options from the `DRYDOCK_GUARD_*` variables; an unknown scope counts as `none`, the strictest. */
export function optionsFromEnvironment(env: NodeJS.ProcessEnv): GuardOptions {
  const scope = env.DRYDOCK_GUARD_SCOPE ?? 'none';
  return {
    scope: SCOPES.has(scope) ? (scope as Scope) : 'none',
    allow: list(env.DRYDOCK_GUARD_ALLOW, ','),
    programs: list(env.DRYDOCK_GUARD_PROGRAMS, ','),
    tempDirs: list(env.DRYDOCK_GUARD_TEMP, path.delimiter),
    loopbackServers: isOn(env.DRYDOCK_GUARD_LOOPBACK),
    debugger: isOn(env.DRYDOCK_GUARD_DEBUGGER),
    osWall: isOn(env.DRYDOCK_GUARD_OS_WALL),
    reportFile: env.DRYDOCK_GUARD_REPORT || undefined,
    summary: env.DRYDOCK_GUARD_SUMMARY === undefined || isOn(env.DRYDOCK_GUARD_SUMMARY),
    exitCode: Number(env.DRYDOCK_GUARD_EXIT_CODE) || undefined,
  };
}

function list(text: string | undefined, separator: string): string[] {
  return (text ?? '')
    .split(separator)
    .map((item) => item.trim())
    .filter(Boolean);
}

function isOn(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}
