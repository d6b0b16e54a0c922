import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readForeignField } from '../field/drydock-field.js';
import { listMembers, toPackage, type WorkspacePackage } from './members.js';
import { dependencyNames, type PackageJson, readPackageJson } from './package-json.js';
import { packageFolder } from './project.js';

/**
 * The package around a folder, the workspace's members if it is the root, then what all of these depend on, each once,
 * without links in their paths.
 *
 * @throws UsageError for a mistake in the `drydock` field of a package of the workspace.
 */
export function visiblePackages(folder: string): readonly WorkspacePackage[] {
  const root = packageFolder(folder);
  const own = [toPackage(root, readPackageJson(root)), ...listMembers(root)];
  const visible = new Map<string, WorkspacePackage>();
  for (const each of own) add(each);
  for (const each of own.flatMap(installedPackages)) add(each);
  return [...visible.values()];

  function add(each: WorkspacePackage): void {
    const path = realpathSync(each.root);
    if (!visible.has(path)) visible.set(path, { ...each, root: path });
  }
}

function installedPackages({ root, manifest }: WorkspacePackage): WorkspacePackage[] {
  return dependencyNames(manifest)
    .map((name) => installedFolder(root, name))
    .filter((folder) => folder !== undefined)
    .map((folder) => toPackage(folder, readInstalled(folder), readForeignField));
}

/** Looks for the folder itself, because a package's `exports` may hide its `package.json` from `require.resolve`. */
function installedFolder(from: string, name: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(dir) === dir) return undefined;
  }
}

/** A package of somebody else whose package.json is broken has nothing to offer, which is no reason to end a run. */
function readInstalled(folder: string): PackageJson {
  try {
    return readPackageJson(folder);
  } catch {
    return {};
  }
}
