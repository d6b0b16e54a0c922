import type { Level, Marker } from '@drydock/workspace';

/** Options of the plugin, as given in `nx.json`. */
export interface DrydockPluginOptions {
  /** Command of every level's target, run in the project's folder. @default 'vitest run' */
  readonly command?: string;
  /** Markers that a Vitest config hands to `drydock({ markers })`; those in the root manifest's `drydock` are known. */
  readonly markers?: readonly Marker[];
  /** Levels that a Vitest config hands to `drydock({ levels })`; those in the root manifest's `drydock` are known. */
  readonly levels?: readonly Level[];
  /** Target name for a level, where the level's own name is taken. @default the level's name */
  readonly targetNames?: Readonly<Record<string, string>>;
  /** Further environment variables that can change an offline result and so belong into its hash. */
  readonly env?: readonly string[];
  /** Further `inputs` of the cacheable levels, in Nx's own syntax. */
  readonly inputs?: readonly string[];
  /** Whether `build` and `typecheck` are inferred for projects with a `tsconfig.json`. @default true */
  readonly typescript?: boolean;
  /** Package whose change invalidates every test, where it is part of the workspace. @default '@drydock/test-gating' */
  readonly harness?: string;
}

/** The options with every default filled in. */
export type ResolvedOptions = Required<DrydockPluginOptions>;

/** Fills in the defaults. */
export function resolveOptions(options: DrydockPluginOptions = {}): ResolvedOptions {
  return {
    command: 'vitest run',
    markers: [],
    levels: [],
    targetNames: {},
    env: [],
    inputs: [],
    typescript: true,
    harness: '@drydock/test-gating',
    ...options,
  };
}
