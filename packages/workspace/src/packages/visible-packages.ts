import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readForeignField } from '../field/drydock-field.js';
import { listMembers, toPackage, type WorkspacePackage } from './members.js';
import { dependencyNames, type PackageJson, readPackageJson } from './package-json.js';
import { packageFolder } from './project.js';

/** Packages by the folder that was asked for: a process serves one run, whose parts all ask for the same. */
const known = new Map<string, readonly WorkspacePackage[]>();

/**
 * The package around a folder, the workspace's members if it is the root, then what all of these depend on, each once,
 * without links in their paths. Files are read at the first call.
 *
 * @throws UsageError for a mistake in the `drydock` field of a package of the workspace.
 */
export function visiblePackages(folder: string): readonly WorkspacePackage[] {
  const root = packageFolder(folder);
  const found = known.get(root) ?? readVisiblePackages(root);
  known.set(root, found);
  return found;
}

function readVisiblePackages(root: string): WorkspacePackage[] {
  const own = [toPackage(root, readPackageJson(root)), ...listMembers(root)];
  const visible = new Map(own.map((each) => [realpathSync(each.root), each]));
  for (const { root, manifest } of own) {
    for (const name of dependencyNames(manifest)) {
      const path = installedFolder(root, name);
      if (path !== undefined && !visible.has(path))
        visible.set(path, toPackage(path, readInstalled(path), readForeignField));
    }
  }
  return [...visible].map(([path, each]) => ({ ...each, root: path }));
}

/** Looks for the folder itself, because a package's `exports` may hide its `package.json` from `require.resolve`. */
function installedFolder(from: string, name: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dirname(dir) === dir) return undefined;
  }
}

/** A package of somebody else whose package.json is broken has nothing to offer, which is not a reason to end a run. */
function readInstalled(folder: string): PackageJson {
  try {
    return readPackageJson(folder);
  } catch {
    return {};
  }
}
