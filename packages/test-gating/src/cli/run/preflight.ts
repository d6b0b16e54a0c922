import { relative } from 'node:path';
import { CONNECTIVITY, type Scope } from '@drydock/workspace';
import type { PreflightResult } from '../../endpoints/check-endpoints.js';
import type { Endpoint } from '../../endpoints/endpoint.js';
import { type EnvironmentProblem, EnvironmentUsageError } from '../../environment/environment-usage-error.js';
import { scopeOf } from '../../gate/grants.js';
import type { RunRequest } from '../request/run-request.js';

/**
 * Checks every endpoint that a run may reach before any test starts, so that a wrong address costs seconds; undefined
 * where there is nothing to check. A malformed variable is one of the results, and the rest is checked without it.
 *
 * @throws UsageError for a file that cannot be read, and for malformed variables where there is no endpoint to check.
 */
export async function preflight(request: RunRequest): Promise<PreflightResult | undefined> {
  const { grants, registry, workspaceRoot } = request;
  const scope = scopeOf(grants.granted, registry);
  if (scope === 'none') return undefined;
  // Loaded only here, so that an offline run starts quickly.
  const [{ checkEndpoints }, { openEndpointEnvironment }, { findEndpoints }, { withoutMalformed }] =
    await Promise.all([
      import('../../endpoints/check-endpoints.js'),
      import('../../endpoints/endpoint-environment.js'),
      import('../../endpoints/find-endpoints.js'),
      import('../../endpoints/malformed.js'),
    ]);
  const malformed: EnvironmentProblem[] = [];
  const settings = await openEndpointEnvironment(workspaceRoot, {
    envOverride: request.envOverride,
    onMalformed: (problems) => malformed.push(...problems),
  });
  const all = withoutMalformed(findEndpoints(workspaceRoot, settings), malformed);
  const endpoints = all.filter((endpoint) => isReached(endpoint, scope));
  const chosen = ofPackages(endpoints, request).filter(
    (endpoint) => endpoint.target || endpoint.malformed || isConnectivityRun(request),
  );
  if (malformed.length > 0 && !isConnectivityRun(request) && !chosen.some(({ target }) => target))
    throw new EnvironmentUsageError(malformed);
  if (chosen.length === 0 && malformed.length === 0) return undefined;
  const level = { level: grants.level, granted: grants.granted, scope };
  return checkEndpoints(chosen, settings, level, malformed);
}

/** Whether a run grants `connectivity` alone; its result then also names the endpoints that nobody configured. */
export function isConnectivityRun({ grants }: Pick<RunRequest, 'grants'>): boolean {
  return grants.granted.length === 1 && grants.granted[0] === CONNECTIVITY && !grants.unmarked;
}

function isReached({ kind }: Endpoint, scope: Scope): boolean {
  return scope.includes(kind === 'service' ? 'lan' : 'public');
}

/** Endpoints of the selected packages; all endpoints where the selected packages have none. */
function ofPackages(
  endpoints: readonly Endpoint[],
  { select, workspaceRoot }: RunRequest,
): readonly Endpoint[] {
  const own = endpoints.filter(({ packageDir }) => {
    const folder = relative(workspaceRoot, packageDir).replaceAll('\\', '/');
    return select.some(({ path }) => isWithin(path, folder) || isWithin(folder, path));
  });
  return own.length === 0 ? endpoints : own;
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
