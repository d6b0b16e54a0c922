import { dirname } from 'node:path';
import { globSync } from 'tinyglobby';
import { type DrydockField, readPackageJson } from './project.js';

/** A package of a workspace. */
export interface WorkspacePackage {
  readonly name: string;
  /** Absolute path with `/`. */
  readonly root: string;
  readonly field: DrydockField;
}

/** Packages of a workspace as its `workspaces` field lists them; the root alone where there is none. */
export function listPackages(workspaceRoot: string): WorkspacePackage[] {
  const { workspaces, name, drydock } = readPackageJson(workspaceRoot);
  const patterns = Array.isArray(workspaces)
    ? workspaces
    : ((workspaces as { packages?: string[] })?.packages ?? []);
  if (patterns.length === 0) return [{ name: name ?? 'root', root: workspaceRoot, field: drydock ?? {} }];
  const manifests = globSync(
    patterns.map((pattern) => `${pattern.replace(/\/$/, '')}/package.json`),
    { cwd: workspaceRoot, absolute: true, ignore: ['**/node_modules/**'] },
  );
  return manifests.sort().map((path) => {
    const root = dirname(path);
    const own = readPackageJson(root);
    return { name: own.name ?? root, root, field: own.drydock ?? {} };
  });
}
