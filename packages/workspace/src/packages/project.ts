import { existsSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { type DrydockField, readField } from '../field/drydock-field.js';
import { readPackageJson } from './package-json.js';

/** The package that a run belongs to and the workspace around it. */
export interface ProjectInfo {
  readonly name: string;
  /** Absolute path of the package. */
  readonly root: string;
  /** Absolute path of the workspace; the package itself where there is none. */
  readonly workspaceRoot: string;
  /** The package's own field over the workspace's: markers, levels, triage rules and services of the root hold where it has none. */
  readonly field: DrydockField;
}

/** Files that make a folder the root of a workspace, beside a `workspaces` field in its package.json. */
const ROOT_FILES = ['nx.json', 'pnpm-workspace.yaml', 'lerna.json', 'rush.json'];

/**
 * Finds the package around a folder and its workspace.
 *
 * @throws UsageError for a package.json that is not JSON or has a mistake in its `drydock` field.
 */
export function findProject(folder: string): ProjectInfo {
  const root = packageFolder(folder);
  const workspaceRoot = ancestors(root).find(isWorkspaceRoot) ?? root;
  const { name, drydock } = readPackageJson(root);
  const { markers, levels, triage, services } = readField(
    readPackageJson(workspaceRoot).drydock,
    workspaceRoot,
  );
  const shared = {
    ...(markers && { markers }),
    ...(levels && { levels }),
    ...(triage && { triage }),
    ...(services && { services }),
  };
  return {
    name: name ?? parse(root).base,
    root,
    workspaceRoot,
    field: { ...shared, ...readField(drydock, root) },
  };
}

/** The folder of the nearest package.json upward, or the folder itself. */
export function packageFolder(folder: string): string {
  return ancestors(resolve(folder)).find((path) => existsSync(join(path, 'package.json'))) ?? folder;
}

/** Whether a folder is the root of an Nx workspace. */
export function isNxWorkspace(folder: string): boolean {
  return existsSync(join(folder, 'nx.json'));
}

function isWorkspaceRoot(folder: string): boolean {
  return (
    ROOT_FILES.some((file) => existsSync(join(folder, file))) ||
    readPackageJson(folder).workspaces !== undefined
  );
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
