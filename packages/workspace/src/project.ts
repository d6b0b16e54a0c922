import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { DrydockField } from './drydock-field.js';

/** What Drydock reads of a package.json. */
export interface PackageJson {
  readonly name?: string;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly drydock?: DrydockField;
}

/** The package that a run belongs to and the workspace around it. */
export interface ProjectInfo {
  readonly name: string;
  /** Absolute path of the package. */
  readonly root: string;
  /** Absolute path of the workspace; the package itself where there is none. */
  readonly workspaceRoot: string;
  readonly field: DrydockField;
}

/** Finds the package around `folder` and its workspace, by their package.json and nx.json. */
export function findProject(folder: string): ProjectInfo {
  const root = ancestors(folder).find((path) => existsSync(join(path, 'package.json'))) ?? folder;
  const own = readPackageJson(root);
  const workspaceRoot = ancestors(root).find(isWorkspaceRoot) ?? root;
  const shared = readPackageJson(workspaceRoot).drydock ?? {};
  return {
    name: own.name ?? parse(root).base,
    root,
    workspaceRoot,
    field: {
      markers: shared.markers ?? [],
      levels: shared.levels ?? [],
      triage: shared.triage ?? [],
      ...own.drydock,
    },
  };
}

/** Whether a folder is the root of an Nx workspace. */
export function isNxWorkspace(folder: string): boolean {
  return existsSync(join(folder, 'nx.json'));
}

/** A folder's package.json, or an empty one. */
export function readPackageJson(folder: string): PackageJson {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as PackageJson) : {};
}

function isWorkspaceRoot(folder: string): boolean {
  return isNxWorkspace(folder) || readPackageJson(folder).workspaces !== undefined;
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
