import { BunTool, LernaTool, type Package, PnpmTool, RushTool, type Tool } from '@manypkg/tools';
import type { DrydockField } from './drydock-field.js';
import { type PackageJson, readPackageJson } from './project.js';

/** A package of a workspace. */
export interface WorkspacePackage {
  readonly name: string;
  /** Absolute path with `/`. */
  readonly root: string;
  readonly field: DrydockField;
}

/** Packages of a workspace of npm, pnpm, Yarn, Bun, Lerna or Rush; the root alone where there is none. */
export function listPackages(workspaceRoot: string): WorkspacePackage[] {
  const tool = toolOf(workspaceRoot);
  if (tool === undefined) {
    const { name = 'root', drydock = {} } = readPackageJson(workspaceRoot);
    return [{ name, root: workspaceRoot, field: drydock }];
  }
  return tool.getPackagesSync(workspaceRoot).packages.map(toPackage);
}

/** Folders of the members of the workspace whose root this folder is; none where it is not one. */
export function memberFolders(folder: string): readonly string[] {
  return (
    toolOf(folder)
      ?.getPackagesSync(folder)
      .packages.map(({ dir }) => dir) ?? []
  );
}

function toPackage({ dir, packageJson }: Package): WorkspacePackage {
  const { name, drydock = {} } = packageJson as PackageJson;
  return { name: name ?? dir, root: dir.replaceAll('\\', '/'), field: drydock };
}

/** What knows the members: pnpm goes by its own file even where there is a `workspaces` field too. */
function toolOf(folder: string): Tool | undefined {
  if (PnpmTool.isMonorepoRootSync(folder)) return PnpmTool;
  // Bun's reading of `workspaces` is the widest of three: npm, Yarn and Bun share the field, with or without a lock file.
  if (readPackageJson(folder).workspaces !== undefined) return BunTool;
  return [LernaTool, RushTool].find((tool) => tool.isMonorepoRootSync(folder));
}
