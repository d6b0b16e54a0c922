import type { Check } from '../check.js';
import type { Manifest } from '../workspace.js';

/** No package depends on itself through others: Nx refuses to run any task of such a workspace. */
export const circles: Check = {
  name: 'circles',
  run: (workspace) => {
    const names = workspace.packages.map(({ manifest }) => manifest.name);
    const next = new Map(
      workspace.packages.map(({ manifest }) => [manifest.name, dependenciesOf(manifest, names)]),
    );
    return workspace.packages.flatMap(({ folder, manifest: { name } }) => {
      const way = wayBack(name, next);
      return way
        ? [{ where: `${folder}/package.json`, what: `depends on itself: ${[name, ...way].join(' → ')}` }]
        : [];
    });
  },
};

function dependenciesOf(manifest: Manifest, names: readonly string[]): string[] {
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  const implicit = manifest.nx?.implicitDependencies ?? [];
  const isImplicit = (name: string) =>
    (implicit.includes('*') || implicit.includes(name)) && !implicit.includes(`!${name}`);
  return names.filter((name) => name !== manifest.name && (declared.has(name) || isImplicit(name)));
}

// The shortest way from a package back to itself, without the start; breadth first, so each package is visited once.
function wayBack(start: string, next: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const seen = new Set<string>();
  let ways: string[][] = [[]];
  while (ways.length > 0) {
    const longer = ways.flatMap((way) => (next.get(way.at(-1) ?? start) ?? []).map((name) => [...way, name]));
    const closed = longer.find((way) => way.at(-1) === start);
    if (closed) return closed;
    ways = longer.filter((way) => !seen.has(way.at(-1) ?? '') && seen.add(way.at(-1) ?? ''));
  }
  return undefined;
}
