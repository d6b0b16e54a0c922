import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';
import type { Level, Marker } from '@drydock/workspace';
import { parse as parseJson } from 'jsonc-parser';
import { globSync } from 'tinyglobby';
import { parse as parseYaml } from 'yaml';

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

interface Manifest {
  name?: string;
  workspaces?: string[] | { packages?: string[] };
  nx?: { name?: string };
  drydock?: {
    markers?: readonly Marker[];
    levels?: readonly Level[];
    service?: string;
    probe?: object;
  };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** The projects among these `package.json` and `project.json` files: workspace packages, and whatever has a `project.json`. */
export function workspaceProjects(workspaceRoot: string, configFiles: readonly string[]): WorkspaceProject[] {
  const members = workspaceMembers(workspaceRoot);
  const roots = configFiles
    .filter((file) => basename(file) === 'project.json' || members.has(file))
    .map((file) => dirname(file));
  return [...new Set(roots)].sort().map((root) => readProject(workspaceRoot, root));
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

/** A folder's `package.json`, or an empty one. */
export function readManifest(folder: string): Manifest {
  return readJson<Manifest>(join(folder, 'package.json')) ?? {};
}

function workspaceMembers(workspaceRoot: string): ReadonlySet<string> {
  const patterns = workspacePatterns(workspaceRoot).map((pattern) =>
    pattern.replace(/^(!?)(?:\.\/)?(.*?)\/*$/, '$1$2/package.json'),
  );
  const members = globSync(patterns, {
    cwd: workspaceRoot,
    ignore: ['**/node_modules/**'],
    expandDirectories: false,
  });
  // A package that is itself the workspace's only project says so with an `nx` entry, as Nx requires.
  const rootIsProject = readManifest(workspaceRoot).nx !== undefined;
  return new Set(rootIsProject ? [...members, 'package.json'] : members);
}

function workspacePatterns(workspaceRoot: string): readonly string[] {
  const pnpm = join(workspaceRoot, 'pnpm-workspace.yaml');
  if (existsSync(pnpm)) {
    const parsed = parseYaml(readFileSync(pnpm, 'utf8')) as { packages?: string[] } | null;
    return parsed?.packages ?? [];
  }
  const declared = readManifest(workspaceRoot).workspaces ?? [];
  return Array.isArray(declared) ? declared : (declared.packages ?? []);
}

function readProject(workspaceRoot: string, root: string): WorkspaceProject {
  const manifest = readJson<Manifest>(join(workspaceRoot, root, 'package.json'));
  const projectJson = readJson<{ name?: string }>(join(workspaceRoot, root, 'project.json'));
  return {
    root,
    configFile: join(root, manifest ? 'package.json' : 'project.json'),
    name: projectJson?.name ?? manifest?.nx?.name ?? manifest?.name ?? basename(root),
    dependencies: Object.keys({
      ...manifest?.dependencies,
      ...manifest?.devDependencies,
      ...manifest?.optionalDependencies,
      ...manifest?.peerDependencies,
    }),
    hasEndpoint: (manifest?.drydock?.service ?? manifest?.drydock?.probe) !== undefined,
  };
}

function readJson<T extends object>(path: string): T | undefined {
  return existsSync(path) ? (parseJson(readFileSync(path, 'utf8')) as T) : undefined;
}
