import { resolve } from 'node:path';
import type { ClassifyOptions } from '@drydock/triage';
import {
  createRegistry,
  discoverVariables,
  findProject,
  isNxWorkspace,
  type OwnServices,
  type ProjectInfo,
  UsageError,
  type Variables,
  variablesOfServices,
} from '@drydock/workspace';
import { listPackages } from '@drydock/workspace/members';
import { addressesAndSecrets, declaredEndpoints } from '../endpoints/declared-endpoints.js';
import { outsideValues } from '../environment/outside-values.js';
import { grantRequestFromEnvironment, resolveGrants, scopeOf } from '../gate/grants.js';
import type { GatePolicy, NodeId } from '../gate/policy.js';
import type { AttemptLog } from '../guard/attempt-log.js';
import { triageOptionsOf } from '../project/triage-options.js';
import { mergedRedaction } from '../redact/redaction-options.js';
import { guardSettings } from './guard-settings.js';
import { checkOptions, type DrydockOptions } from './options.js';

/** Policy and context of one Vitest project. */
export interface Session {
  readonly project: ProjectInfo;
  readonly policy: GatePolicy;
  /** Log in which this run's workers note blocked attempts. */
  readonly attemptLog: AttemptLog;
  /** Variables known to the run, by name. */
  readonly variables: Variables;
  /** Backends to have ready before an integration test, and providers before a real call. */
  readonly needs: readonly string[];
  /** Services that the configuration declares. */
  readonly services: OwnServices;
  /** Whether a variable that tests read and Nx does not hash fails the run. */
  readonly failsOnUnhashed: boolean;
  /** Rules for the class of failures that the project adds. */
  readonly triage: ClassifyOptions;
}

/**
 * Reads configuration and environment into a session.
 *
 * @throws UsageError for unknown options, levels, markers, broken triage rules or a malformed `DRYDOCK_SELECT`.
 */
export function openSession(
  options: DrydockOptions,
  root: string,
  attemptLog: AttemptLog,
  env: NodeJS.ProcessEnv = process.env,
): Session {
  const project = findProject(root);
  checkOptions(options, project.workspaceRoot);
  const registry = createRegistry({
    markers: [...(project.field.markers ?? []), ...(options.markers ?? [])],
    levels: [...(project.field.levels ?? []), ...(options.levels ?? [])],
    inNx: isNxWorkspace(project.workspaceRoot),
  });
  const select = readSelection(env.DRYDOCK_SELECT, project.workspaceRoot);
  const grants = resolveGrants(grantRequestFromEnvironment(env), registry);
  const { backend, provider } = project.field;
  const services = options.services ?? {};
  const own = Object.keys({ ...project.field.services, ...services });
  const needs = options.needs ?? [backend, provider, ...own].filter((name) => name !== undefined);
  const packages = listPackages(project.workspaceRoot);
  const variables = discoverVariables(packages, {
    ...variablesOfServices(services),
    ...declaredEndpoints(options.endpoints, registry),
  });
  const guard = guardSettings(
    options.guard ?? {},
    packages,
    variables,
    attemptLog,
    project.workspaceRoot,
    env,
  );
  const rule = { names: addressesAndSecrets(variables, env), allow: options.env?.allow ?? [] };
  const commonValues = packages.flatMap(({ field }) => field.backend ?? field.provider ?? []);
  const redaction = mergedRedaction(project.field.redaction, options.redaction);
  const isOffline = scopeOf(grants.granted, registry) === 'none';
  return {
    project,
    policy: {
      registry,
      grants,
      guard,
      needs,
      commonValues,
      redaction,
      ...(select && { select }),
      ...(isOffline && {
        scrub: {
          ...rule,
          // Only the result of a task can come from a cache.
          notesReads: env.NX_TASK_TARGET_PROJECT !== undefined,
          outside: outsideValues(env, [project.workspaceRoot, project.root], rule),
        },
      }),
    },
    attemptLog,
    variables,
    needs,
    services,
    triage: triageOptionsOf(project.field, project.root),
    failsOnUnhashed: options.env?.failOnUnhashed ?? false,
  };
}

/** `DRYDOCK_SELECT` is a JSON array of node ids with paths relative to the workspace root. */
function readSelection(text: string | undefined, workspaceRoot: string): NodeId[] | undefined {
  if (!text) return undefined;
  try {
    const ids = JSON.parse(text) as NodeId[];
    return ids.map((id) => ({ ...id, path: resolve(workspaceRoot, id.path).replaceAll('\\', '/') }));
  } catch {
    throw new UsageError(
      'DRYDOCK_SELECT is not a JSON array such as [{"path":"src/a.test.ts","name":"adds"}].',
    );
  }
}
