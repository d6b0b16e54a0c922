import { type Level, projectFolder, type Registry, STATE_FOLDER } from '@drydock/workspace';
import type { TargetConfiguration } from '@nx/devkit';
import { isOffline } from './levels.js';
import type { ResolvedOptions } from './options.js';

/** What all level targets of one project share. */
export interface LevelTargetContext {
  readonly projectName: string;
  readonly options: ResolvedOptions;
  readonly registry: Registry;
  /** Inputs of the cacheable levels. */
  readonly inputs: NonNullable<TargetConfiguration['inputs']>;
  /** Targets that must have run before any test. */
  readonly dependsOn: NonNullable<TargetConfiguration['dependsOn']>;
}

/** Asks the package's own server or provider, and keeps what it found as tests in the ledger. */
const ASK_ENDPOINT = 'drydock connectivity';

/** One target for each level at which a project has a test or an endpoint of its own, under the level's name. */
export function levelTargets(
  tested: readonly Level[],
  asked: readonly Level[],
  context: LevelTargetContext,
): Record<string, TargetConfiguration> {
  const nameOf = ({ name }: Level) => context.options.targetNames[name] ?? name;
  const levels = [...tested, ...asked.filter((level) => !tested.includes(level))];
  return Object.fromEntries(
    levels.map((level) => {
      const commands = [
        ...(asked.includes(level) ? [ASK_ENDPOINT] : []),
        ...(tested.includes(level) ? [context.options.command] : []),
      ];
      return [nameOf(level), levelTarget(level, commands.join(' && '), context)];
    }),
  );
}

function levelTarget(level: Level, command: string, context: LevelTargetContext): TargetConfiguration {
  const { registry, inputs, dependsOn, projectName } = context;
  const shared: TargetConfiguration = {
    executor: 'nx:run-commands',
    // A target's own `env` beats the shell and every .env file, so neither can raise the level.
    options: { command, cwd: '{projectRoot}', env: { DRYDOCK_LEVEL: level.name } },
    dependsOn,
    outputs: [`{workspaceRoot}/${STATE_FOLDER}/${projectFolder(projectName)}`],
    metadata: { technologies: ['vitest'], description: describe(level, registry) },
  };
  if (isOffline(level, registry)) return { ...shared, cache: true, inputs };
  // Servers and quotas are shared: two suites at once would measure each other.
  return { ...shared, cache: false, parallelism: false };
}

function describe(level: Level, registry: Registry): string {
  if (level.grants.length === 0) return 'Runs the tests without a marker, offline';
  const scopes = registry.markers
    .filter(({ name }) => level.grants.includes(name))
    .map(({ scope }) => scope ?? 'none');
  const network = [...new Set(scopes)].filter((scope) => scope !== 'none').join(' + ') || 'none';
  return `Grants ${level.grants.join(', ')} (network: ${network})`;
}
