import type { TargetConfiguration } from '@nx/devkit';
import type { ResolvedOptions } from './options.js';

type Inputs = NonNullable<TargetConfiguration['inputs']>;

/**
 * Variables that can change an offline test's result. Keys and URLs of services are missing on purpose: the gate
 * removes them before a test runs, and a hash must not depend on a secret.
 */
export const RESULT_VARIABLES: readonly string[] = [
  'DRYDOCK_RUN',
  'DRYDOCK_EXPRESSION',
  'DRYDOCK_NAME',
  'DRYDOCK_SELECT',
  'DRYDOCK_ALONE',
  'DRYDOCK_ALLOW_HOSTS',
  'DRYDOCK_LEARN',
  'DRYDOCK_ENV_OVERRIDE',
  'DRYDOCK_GUARD_ALLOW',
  'DRYDOCK_GUARD_EXIT_CODE',
  'DRYDOCK_GUARD_LOOPBACK',
  'DRYDOCK_GUARD_DEBUGGER',
  'DRYDOCK_GUARD_OS_WALL',
  'DRYDOCK_GUARD_PROGRAMS',
  'DRYDOCK_GUARD_SCOPE',
  'DRYDOCK_GUARD_TEMP',
  'DRYDOCK_NO_WALL',
  'DRYDOCK_NODES',
  'CI',
  'FORCE_COLOR',
  'NO_COLOR',
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_USE_ENV_PROXY',
  'TZ',
  'LANG',
  'LC_ALL',
];

const SHARED_CONFIGURATION = [
  '{workspaceRoot}/vitest.config.*',
  '{workspaceRoot}/vitest.workspace.*',
  '{workspaceRoot}/tsconfig.base.json',
  '{workspaceRoot}/package.json',
];

/**
 * Inputs of a cacheable level. `externalDependencies` is left out on purpose: Nx then hashes every locked
 * dependency, so that no upgrade can hide behind a cached result.
 */
export function cacheInputs(
  options: ResolvedOptions,
  harness: readonly string[],
  namedInputs: Readonly<Record<string, unknown>> = {},
): Inputs {
  // Dependants see what a package publishes; its tests are none of their business.
  const published = 'production' in namedInputs ? 'production' : 'default';
  return [
    'default',
    `^${published}`,
    ...(harness.length === 0 ? [] : [{ input: published, projects: [...harness] }]),
    ...SHARED_CONFIGURATION,
    { runtime: 'node -p process.version+process.platform+process.arch' },
    ...[...RESULT_VARIABLES, ...options.env].map((env) => ({ env })),
    ...options.inputs,
  ];
}
