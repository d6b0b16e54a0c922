import { relative } from 'node:path';
import { CONNECTIVITY, type Scope } from '@drydock/workspace';
import type { Asked } from '../../endpoints/check-endpoints.js';
import type { Endpoint } from '../../endpoints/endpoint.js';
import { scopeOf } from '../../gate/grants.js';
import type { RunRequest } from '../request/run-request.js';

/**
 * Asks every endpoint that a run may reach whether it is there before anything is started, so that a wrong address
 * costs seconds; undefined where there is nothing to ask.
 *
 * @throws UsageError for a malformed variable.
 */
export async function preflight(request: RunRequest): Promise<Asked | undefined> {
  const { grants, registry, workspaceRoot } = request;
  const scope = scopeOf(grants.granted, registry);
  if (scope === 'none') return undefined;
  // An offline run, which is to be quick, does without what asks.
  const [{ askEndpoints }, { openEndpointEnvironment }, { findEndpoints }] = await Promise.all([
    import('../../endpoints/check-endpoints.js'),
    import('../../endpoints/endpoint-environment.js'),
    import('../../endpoints/find-endpoints.js'),
  ]);
  const settings = await openEndpointEnvironment(workspaceRoot, request);
  const endpoints = findEndpoints(workspaceRoot, settings).filter((endpoint) => isReached(endpoint, scope));
  const chosen = ofPackages(endpoints, request).filter(({ target }) => target || asksOnly(request));
  if (chosen.length === 0) return undefined;
  return askEndpoints(chosen, settings, { level: grants.level, granted: grants.granted, scope });
}

/** Whether a run does nothing but ask, so that what nobody configured is part of its answer. */
export function asksOnly({ grants }: Pick<RunRequest, 'grants'>): boolean {
  return grants.granted.length === 1 && grants.granted[0] === CONNECTIVITY && !grants.unmarked;
}

function isReached({ kind }: Endpoint, scope: Scope): boolean {
  return scope.includes(kind === 'service' ? 'lan' : 'public');
}

/** The endpoints of the packages that were asked for; all of them where these have none of their own. */
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
