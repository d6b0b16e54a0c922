import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DrydockField } from './drydock-field.js';
import { memberFolders } from './members.js';

/** A package's folder and the parts of its `package.json` that matter here. */
export interface Manifest {
  readonly dir: string;
  readonly json: PackageJson;
}

interface PackageJson {
  readonly name?: string;
  readonly drydock?: DrydockField;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package in `dir`, the workspace's members if `dir` is its root, then what all of these depend on, each once. */
export function manifestsVisibleFrom(dir: string): readonly Manifest[] {
  const own = [dir, ...memberFolders(dir)].map(readManifest).filter((manifest) => manifest !== undefined);
  const installed = own.flatMap(dependenciesOf);
  const byFolder = new Map<string, Manifest>();
  for (const manifest of [...own, ...installed]) {
    if (!byFolder.has(manifest.dir)) byFolder.set(manifest.dir, manifest);
  }
  return [...byFolder.values()];
}

function readManifest(dir: string): Manifest | undefined {
  try {
    return { dir: realpathSync(dir), json: JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) };
  } catch {
    return undefined;
  }
}

function dependenciesOf({ dir, json }: Manifest): readonly Manifest[] {
  const names = Object.keys({
    ...json.dependencies,
    ...json.devDependencies,
    ...json.optionalDependencies,
    ...json.peerDependencies,
  });
  return names
    .map((name) => installedFolder(dir, name))
    .filter((folder) => folder !== undefined)
    .map(readManifest)
    .filter((manifest) => manifest !== undefined);
}

/** Looks for the folder itself, because a package's `exports` may hide its `package.json` from `require.resolve`. */
function installedFolder(from: string, name: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(dir) === dir) return undefined;
  }
}
