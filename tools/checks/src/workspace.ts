import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DrydockField } from '@drydock/workspace';

/** The parts of a `package.json` that checks look at. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly drydock?: DrydockField;
  readonly nx?: { readonly implicitDependencies?: readonly string[] };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One package of the workspace. */
export interface Package {
  /** Folder, relative to the workspace root. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Files below its folder, relative to the workspace root. */
  readonly files: readonly string[];
}

/** What every check gets: the tree as version control would have it. */
export interface Workspace {
  /** Absolute path of the workspace root. */
  readonly root: string;
  /** Every file that is or would be committed, relative to the root, sorted. */
  readonly files: readonly string[];
  readonly packages: readonly Package[];
  readonly rootManifest: Manifest;
  /** A file's text; an empty text for a file that is not there. */
  read(file: string): string;
}

/** Reads a workspace; its files are those that git has or would add. */
export function readWorkspace(root: string, committed: readonly string[] = committedFiles(root)): Workspace {
  const files = committed.filter((file) => existsSync(join(root, file))).sort();
  const read = (file: string) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '');
  const packages = files
    .filter((file) => /^(?:packages|tools)\/.*package\.json$/.test(file))
    .map((file) => dirname(file))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(read(`${folder}/package.json`)) as Manifest,
      files: files.filter((file) => file.startsWith(`${folder}/`)),
    }));
  const rootManifest = JSON.parse(read('package.json') || '{"name":"root"}') as Manifest;
  return { root, files, packages, rootManifest, read };
}

function committedFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\0').filter(Boolean);
}

/** Whether a file is source that ships: TypeScript below `src`, no test and no fixture. */
export function isShippedSource(file: string): boolean {
  return /\/src\/.*\.[cm]?tsx?$/.test(file) && !isTestOrFixture(file);
}

/** Whether a file only serves tests. */
export function isTestOrFixture(file: string): boolean {
  return /\.(?:test|spec|fixture)\.[cm]?[jt]sx?$/.test(file) || file.includes('__fixtures__/');
}

/** The web address of the repository, which the root's manifest alone decides. */
export function repositoryUrl({ repository }: Manifest): string {
  return repository?.url.replace(/^git\+|\.git$/g, '') ?? '';
}
