import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path/posix';
import { dependencyNames, readPackageJson } from '@drydock/workspace';
import { listPackages, toPackage, type WorkspacePackage } from '@drydock/workspace/members';
import { parse as parseJson } from 'jsonc-parser';

/** What the plugin needs to know of one project. */
export interface WorkspaceProject {
  /** Folder, relative to the workspace root, `.` for the root itself. */
  readonly root: string;
  /** The file that makes the folder a project. */
  readonly configFile: string;
  /** Nx's name for it. */
  readonly name: string;
  /** Names of the packages that its `package.json` declares, of any kind. */
  readonly dependencies: readonly string[];
  /** Whether its `package.json` describes a server or a provider that can be asked whether it is there. */
  readonly hasEndpoint: boolean;
}

/** The projects among these `package.json` and `project.json` files: workspace packages, and whatever has a `project.json`. */
export function workspaceProjects(workspaceRoot: string, configFiles: readonly string[]): WorkspaceProject[] {
  const packages = new Map(listPackages(workspaceRoot).map((each) => [folderOf(each, workspaceRoot), each]));
  // A package that is itself the workspace's only project says so with an `nx` entry, as Nx requires.
  if (packages.get('.')?.manifest.nx === undefined) packages.delete('.');
  const roots = configFiles
    .filter((file) => basename(file) === 'project.json' || packages.has(dirname(file)))
    .map((file) => dirname(file));
  return [...new Set(roots)].sort().map((root) => toProject(workspaceRoot, root, packages.get(root)));
}

/** The project that a file belongs to: the one with the deepest folder around it. */
export function owningProject(
  file: string,
  projects: readonly WorkspaceProject[],
): WorkspaceProject | undefined {
  return projects
    .filter(({ root }) => root === '.' || file.startsWith(`${root}/`))
    .reduce<WorkspaceProject | undefined>(
      (deepest, project) => (deepest && deepest.root.length >= project.root.length ? deepest : project),
      undefined,
    );
}

function folderOf({ root }: WorkspacePackage, workspaceRoot: string): string {
  return relative(workspaceRoot, root) || '.';
}

function toProject(workspaceRoot: string, root: string, member?: WorkspacePackage): WorkspaceProject {
  const folder = join(workspaceRoot, root);
  const { manifest, field } = member ?? toPackage(folder, readPackageJson(folder));
  const projectJson = readProjectJson(folder);
  return {
    root,
    configFile: join(root, existsSync(join(folder, 'package.json')) ? 'package.json' : 'project.json'),
    name: projectJson.name ?? manifest.nx?.name ?? manifest.name ?? basename(root),
    dependencies: dependencyNames(manifest),
    hasEndpoint: (field.service ?? field.probe) !== undefined,
  };
}

/** What a folder's project.json says, which may hold comments. */
function readProjectJson(folder: string): { name?: string } {
  const path = join(folder, 'project.json');
  return existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : {};
}
