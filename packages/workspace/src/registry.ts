/** What a granted marker lets a test reach. */
export type Scope = 'none' | 'lan' | 'public' | 'lan+public';

/** A property of a test that must be granted before the test runs. */
export interface Marker {
  /** Name as in file suffixes (`x.integration.test.ts`) and Vitest tags. */
  readonly name: string;
  /** One line for listings. */
  readonly description: string;
  /** What its tests may reach once granted. @default 'none' */
  readonly scope?: Scope;
  /** Markers that its tests carry without saying so; granting this one grants them for its tests. */
  readonly implies?: readonly string[];
  /** Nx target that grants it. @default the marker's name */
  readonly target?: string;
}

/** A named set of granted markers; each level is an Nx target. */
export interface Level {
  /** Name of the level and of its Nx target. */
  readonly name: string;
  /** Markers it grants. */
  readonly grants: readonly string[];
  /** Whether tests without a marker run at this level too; otherwise they are not collected. @default false */
  readonly unmarked?: boolean;
  /** Tag that a test must carry besides; it gates nothing at other levels. @default every granted test runs */
  readonly only?: string;
}

/** Markers and levels known to a run. */
export interface Registry {
  readonly markers: readonly Marker[];
  readonly levels: readonly Level[];
  /** Whether the run stands in an Nx workspace, so that its targets can be named. @default false */
  readonly inNx?: boolean;
}

/** The marker of the tests that a check of endpoints stands for. */
export const CONNECTIVITY = 'connectivity';

const BUILT_IN_MARKERS: readonly Marker[] = [
  { name: 'integration', description: 'needs a storage server', scope: 'lan' },
  { name: 'slow', description: 'takes much time' },
  {
    name: 'llm-real',
    description: 'calls a real provider; may cost money',
    scope: 'public',
    implies: ['slow'],
  },
  { name: CONNECTIVITY, description: 'checks that configured endpoints answer', scope: 'lan+public' },
];

/** A tag that gates nothing: its tests may listen on loopback and reach the listeners that the run itself opened. */
export const LOOPBACK = { name: 'loopback', description: 'may use servers of its own on loopback' } as const;

/** A tag that gates nothing: the level `smoke` runs the granted tests that carry it. */
export const SMOKE = {
  name: 'smoke',
  description: 'belongs to the smallest set that proves a host',
} as const;

const BUILT_IN_LEVELS: readonly Level[] = [
  { name: 'test', grants: [], unmarked: true },
  { name: 'slow', grants: ['slow'], unmarked: true },
  { name: 'smoke', grants: ['integration', 'slow', 'llm-real', 'connectivity'], only: SMOKE.name },
];

/** Builds the registry: the built-in markers and levels, then the user's, one level for each marker that has none. */
export function createRegistry(extra: Partial<Registry> = {}): Registry {
  const markers = byName([...BUILT_IN_MARKERS, ...(extra.markers ?? [])]);
  const named = byName([...BUILT_IN_LEVELS, ...(extra.levels ?? [])]);
  const implicit = markers
    .filter((marker) => !named.some((level) => level.name === targetOf(marker)))
    .map((marker) => ({ name: targetOf(marker), grants: [marker.name] }));
  return { markers, levels: [...named, ...implicit], ...(extra.inNx && { inNx: true }) };
}

/** These markers and those that they bring with them, in the registry's order. */
export function withImplied(names: readonly string[], { markers }: Registry): string[] {
  const carried = new Set(names);
  for (const { name, implies } of markers)
    if (carried.has(name)) for (const implied of implies ?? []) carried.add(implied);
  return markers.map(({ name }) => name).filter((name) => carried.has(name));
}

/** The Nx target that grants a marker. */
export function targetOf(marker: Marker): string {
  return marker.target ?? marker.name;
}

/** The `drydock run` flag that grants a marker. */
export function flagOf(marker: Marker): string {
  return `--run-${marker.name}`;
}

/** The Nx command that grants all of these markers; undefined where no Nx workspace is around. */
export function nxCommandOf(markers: readonly Marker[], { inNx }: Registry): string | undefined {
  const [first, ...others] = markers;
  if (!inNx || first === undefined) return undefined;
  const added = others.length === 0 ? '' : `DRYDOCK_RUN=${others.map(({ name }) => name).join(',')} `;
  return `${added}nx run-many -t ${targetOf(first)}`;
}

function byName<T extends { readonly name: string }>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

/** The scope that holds all of these. */
export function widestScope(scopes: readonly Scope[]): Scope {
  const parts = scopes.flatMap((scope) => scope.split('+'));
  const lan = parts.includes('lan');
  const open = parts.includes('public');
  return lan && open ? 'lan+public' : lan ? 'lan' : open ? 'public' : 'none';
}
