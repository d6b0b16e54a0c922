import { holdsAddresses, type Variables } from '@drydock/workspace';
import type { WorkspacePackage } from '@drydock/workspace/members';
import type { EndpointVariable, GuardSettings } from '../gate/policy.js';
import type { AttemptLog } from '../guard/attempt-log.js';
import { readEndpointLock } from '../guard/endpoint-lock.js';
import { ALONE, detectNetworkNamespace } from '../guard/network-namespace.js';
import { DRIVEN } from './github-reporter.js';

/** Exceptions from the guard, for a whole project. */
export interface GuardOptions {
  /** Endpoints that every test may reach: `host`, `host:port`, CIDR, `*.name`, `unix:/path`. @default [] */
  readonly allow?: readonly string[];
  /** Programs other than Node that tests may start, by name or absolute path. @default [] */
  readonly programs?: readonly string[];
  /** Whether tests may listen on loopback and reach the listeners that the run itself opened. @default true */
  readonly loopbackServers?: boolean;
  /** Whether a request that nock or msw refuses fails its test, as one that the guard refuses does. @default true */
  readonly mockLibraries?: boolean;
}

/** Settings for the guard of every worker; `DRYDOCK_ALLOW_HOSTS` adds endpoints, `DRYDOCK_LEARN` notes those reached. */
export function guardSettings(
  { allow = [], programs = [], loopbackServers = true, mockLibraries = true }: GuardOptions,
  packages: readonly WorkspacePackage[],
  variables: Variables,
  attemptLog: AttemptLog,
  workspaceRoot: string,
  env: NodeJS.ProcessEnv,
): GuardSettings {
  const allowed = (env.DRYDOCK_ALLOW_HOSTS ?? '').split(',').filter(Boolean);
  const learnFile = env.DRYDOCK_LEARN || undefined;
  const lock = learnFile === undefined ? readEndpointLock(workspaceRoot) : undefined;
  return {
    reportFile: attemptLog.path,
    allow: [...allow, ...allowed],
    providers: packages.flatMap(({ field }) => field.hosts ?? []),
    endpoints: endpointVariables(packages, variables),
    loopbackServers,
    mockLibraries,
    programs,
    isolated: detectNetworkNamespace() !== undefined,
    alone: isAlone(env),
    driven: env[DRIVEN] !== undefined,
    ...(learnFile && { learnFile }),
    ...(lock && { lock }),
  };
}

// Nx runs several projects at once, and what one of them tries on purpose must not fail a file of another.
function isAlone({ NX_TASK_TARGET_PROJECT, DRYDOCK_NO_WALL, [ALONE]: alone }: NodeJS.ProcessEnv): boolean {
  return (NX_TASK_TARGET_PROJECT === undefined || alone === '1') && DRYDOCK_NO_WALL !== '1';
}

function endpointVariables(packages: readonly WorkspacePackage[], variables: Variables): EndpointVariable[] {
  const ofProviders = packages.flatMap(({ field }) =>
    field.provider === undefined ? [] : Object.keys(field.variables ?? {}),
  );
  return Object.entries(variables)
    .filter(([, definition]) => holdsAddresses(definition))
    .map(([variable, { marker, example, port }]) => ({
      variable,
      scope: ofProviders.includes(variable) ? 'public' : 'lan',
      ...(marker !== undefined && { marker }),
      ...(example !== undefined && { example }),
      ...(port !== undefined && { port }),
    }));
}
