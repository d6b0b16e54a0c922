import { discoverServices, environment } from '@drydock/services';
import type { ClassifyOptions } from '@drydock/triage';
import { discoverVariables, findProject, serviceStateFolder } from '@drydock/workspace';
import { listPackages } from '@drydock/workspace/members';
import type { OnMalformed } from '../environment/check-environment.js';
import type { VariableProvenance } from '../environment/dotenv.js';
import { openEnvironment } from '../environment/open-environment.js';
import { triageOptionsOf } from '../project/triage-options.js';
import type { NamedSecret } from '../redact/redaction-options.js';
import type { Settings } from './find-endpoints.js';

/** The environment that networked tests of a folder's project get. */
export interface EndpointEnvironment extends Settings {
  /** Values that must not be shown, with their names. */
  readonly secrets: readonly NamedSecret[];
  /** What the backends and providers say of their errors. */
  readonly triage: ClassifyOptions;
}

/** How the environment is read. */
export interface EndpointEnvironmentOptions {
  /** Whether values of `.env` files win. @default false */
  readonly envOverride?: boolean;
  /** Gets the malformed variables. @default they are thrown */
  readonly onMalformed?: OnMalformed;
}

/** Provenance of a server that `drydock services up` started. */
export const KEPT = 'drydock services up';

/**
 * Reads the `.env` files and adds the variables of servers that `drydock services up` started, into a copy, so that
 * neither this process nor its children get the values.
 *
 * @throws UsageError for a malformed variable, naming it and never its value.
 */
export async function openEndpointEnvironment(
  folder: string,
  { envOverride = false, onMalformed }: EndpointEnvironmentOptions = {},
): Promise<EndpointEnvironment> {
  const project = findProject(folder);
  const env: NodeJS.ProcessEnv = { ...process.env, ...(envOverride && { DRYDOCK_ENV_OVERRIDE: '1' }) };
  const variables = discoverVariables(listPackages(project.workspaceRoot));
  const opened = openEnvironment(
    [project.workspaceRoot, project.root],
    variables,
    undefined,
    env,
    [],
    onMalformed,
  );
  const kept = await keptVariables(folder, serviceStateFolder(project.workspaceRoot), env);
  Object.assign(env, kept);
  return {
    env,
    secrets: [...opened.secrets, ...Object.entries(kept)],
    triage: triageOptionsOf({}, folder),
    provenance: [
      ...opened.variables,
      ...Object.keys(kept).map((name): VariableProvenance => ({ name, provenance: KEPT })),
    ],
  };
}

/** Variables of the servers that are up, for each backend whose own variables are all unset. */
async function keptVariables(folder: string, stateDir: string, env: NodeJS.ProcessEnv) {
  const kept = await environment(stateDir);
  const free = discoverServices(folder)
    .map(({ variables }) => Object.keys(variables))
    .filter((names) => !names.some((name) => env[name]))
    .flat();
  return Object.fromEntries(Object.entries(kept).filter(([name]) => free.includes(name)));
}
