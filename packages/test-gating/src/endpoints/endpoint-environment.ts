import { discoverServices, environment } from '@drydock/services';
import { serviceStateFolder } from '@drydock/workspace';
import { findProject, listPackages } from '@drydock/workspace/reader';
import { discoverVariables, type VariableProvenance } from '../environment/index.js';
import { openEnvironment } from '../environment/open-environment.js';
import type { Settings } from './find-endpoints.js';

/** The environment as networked tests of a folder's project would have it. */
export interface EndpointEnvironment extends Settings {
  /** Values that must not be shown, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Provenance of a server that `drydock services up` keeps. */
export const KEPT = 'drydock services up';

/**
 * Reads the `.env` files and adds the servers that are kept up, into a copy: neither this process nor what it starts
 * is to see what the files hold.
 *
 * @throws UsageError for a malformed variable, naming it and never its value.
 */
export async function openEndpointEnvironment(
  folder: string,
  { envOverride = false }: { readonly envOverride?: boolean } = {},
): Promise<EndpointEnvironment> {
  const project = findProject(folder);
  const env: NodeJS.ProcessEnv = { ...process.env, ...(envOverride && { DRYDOCK_ENV_OVERRIDE: '1' }) };
  const variables = discoverVariables(listPackages(project.workspaceRoot));
  const opened = openEnvironment({ policy: {}, project, variables }, env);
  const kept = await keptVariables(folder, serviceStateFolder(project.workspaceRoot), env);
  Object.assign(env, kept);
  return {
    env,
    secrets: { ...opened.secrets, ...kept },
    provenance: [
      ...opened.variables,
      ...Object.keys(kept).map((name): VariableProvenance => ({ name, provenance: KEPT })),
    ],
  };
}

/** Variables of the servers that are up, of each backend of which nothing is set. */
async function keptVariables(folder: string, stateDir: string, env: NodeJS.ProcessEnv) {
  const kept = await environment(stateDir);
  const free = discoverServices(folder)
    .map(({ variables }) => Object.keys(variables))
    .filter((names) => !names.some((name) => env[name]))
    .flat();
  return Object.fromEntries(Object.entries(kept).filter(([name]) => free.includes(name)));
}
