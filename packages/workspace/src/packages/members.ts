import { sep } from 'node:path';
import { BunTool, LernaTool, PnpmTool, RushTool, type Tool } from '@manypkg/tools';
import { type DrydockField, readField } from '../field/drydock-field.js';
import { UsageError } from '../usage-error.js';
import { type PackageJson, readPackageJson } from './package-json.js';

/** A package of a workspace. */
export interface WorkspacePackage {
  readonly name: string;
  /** Absolute path with `/`. */
  readonly root: string;
  readonly field: DrydockField;
  readonly manifest: PackageJson;
}

/**
 * The packages of a workspace of npm, pnpm, Yarn, Bun, Lerna or Rush: its members by path, then the root.
 *
 * @throws UsageError for a file that cannot be read or a mistake in a `drydock` field.
 */
export function listPackages(workspaceRoot: string): WorkspacePackage[] {
  const manifest = readPackageJson(workspaceRoot);
  return [...listMembers(workspaceRoot), toPackage(workspaceRoot, { name: 'root', ...manifest })];
}

/** The packages of a workspace without its root; none where the folder is not the root of one. */
export function listMembers(workspaceRoot: string): WorkspacePackage[] {
  try {
    const found = toolOf(workspaceRoot)?.getPackagesSync(workspaceRoot).packages ?? [];
    const members = found.filter(({ relativeDir }) => relativeDir !== '');
    return members.map(({ dir, packageJson }) => toPackage(dir, packageJson as PackageJson));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `The packages of the workspace ${workspaceRoot} cannot be read: ${(error as Error).message}`,
    );
  }
}

/** A package by its folder and package.json, its field read as that of a package of the workspace or another way. */
export function toPackage(folder: string, manifest: PackageJson, read = readField): WorkspacePackage {
  const root = folder.split(sep).join('/');
  return { name: manifest.name ?? root, root, field: read(manifest.drydock, root), manifest };
}

/** Chooses the reader of a folder's members: pnpm goes by its own file, even beside a `workspaces` field. */
function toolOf(folder: string): Tool | undefined {
  if (hasPnpmPackages(folder)) return PnpmTool;
  // npm, Yarn and Bun share the field; the reader of Bun takes both of its forms, and asks for no lock file.
  if (readPackageJson(folder).workspaces !== undefined) return BunTool;
  return [LernaTool, RushTool].find((tool) => tool.isMonorepoRootSync(folder));
}

function hasPnpmPackages(folder: string): boolean {
  try {
    return PnpmTool.isMonorepoRootSync(folder);
  } catch (error) {
    // An empty file, or one of comments alone: pnpm takes it for a file without settings.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
