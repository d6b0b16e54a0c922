import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import {
  dependencyNames,
  isNxWorkspace,
  type PackageJson,
  readPackageJson,
  TEST_FILE_GLOBS,
} from '@drydock/workspace';
import { listMembers } from '@drydock/workspace/members';
import { globSync } from 'tinyglobby';

/** A package of the workspace, or its root. */
export interface SurveyedPackage {
  /** Folder from the workspace's root; empty for the root. */
  readonly folder: string;
  readonly manifest: PackageJson;
  /** The configuration that Vitest loads there, from the workspace's root; undefined where there is none. */
  readonly config: string | undefined;
  readonly hasTests: boolean;
}

/** What `init` goes by. */
export interface Survey {
  readonly root: string;
  readonly isNx: boolean;
  readonly manager: PackageManager;
  /** Version of Vitest that is installed, or else asked for; undefined in a project without Vitest. */
  readonly vitest: string | undefined;
  /** Other runners that the packages use. */
  readonly otherRunners: readonly string[];
  readonly usesTypeScript: boolean;
  /** The root, then the members. */
  readonly packages: readonly [SurveyedPackage, ...SurveyedPackage[]];
}

/** A package manager and its commands. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly install: string;
  /** Adds a package for development. */
  readonly add: string;
  /** Runs a script of the package.json. */
  readonly run: string;
  /** Commands that bring the package manager onto a machine with Node alone. */
  readonly setUp: readonly string[];
  /** Installs exactly what the lock file says. */
  readonly installLocked: string;
  /** Runs a program of the project. */
  readonly exec: string;
  readonly lockFiles: readonly string[];
}

/** Folders of a workspace that hold no source of its own. */
export const IGNORED = ['**/node_modules/**', '**/dist/**', '**/build/**', '**/coverage/**', '**/.*/**'];

const NPM: PackageManager = {
  name: 'npm',
  install: 'npm install',
  add: 'npm install --save-dev',
  run: 'npm run',
  setUp: [],
  installLocked: 'npm ci',
  exec: 'npx --no-install',
  lockFiles: ['package-lock.json', 'npm-shrinkwrap.json'],
};

const MANAGERS: readonly PackageManager[] = [
  {
    name: 'pnpm',
    install: 'pnpm install',
    add: 'pnpm add --dev',
    run: 'pnpm',
    setUp: ['corepack enable'],
    installLocked: 'pnpm install --frozen-lockfile',
    exec: 'pnpm exec',
    lockFiles: ['pnpm-lock.yaml', 'pnpm-workspace.yaml'],
  },
  {
    name: 'yarn',
    install: 'yarn install',
    add: 'yarn add --dev',
    run: 'yarn',
    setUp: ['corepack enable'],
    installLocked: 'yarn install --immutable',
    exec: 'yarn run',
    lockFiles: ['yarn.lock'],
  },
  {
    name: 'bun',
    install: 'bun install',
    add: 'bun add --dev',
    run: 'bun run',
    setUp: ['npm install --global bun@1'],
    installLocked: 'bun install --frozen-lockfile',
    exec: 'bun x --no-install',
    lockFiles: ['bun.lock', 'bun.lockb'],
  },
  NPM,
];

/** Names of the files that Vitest looks for, the first of a folder winning. */
const CONFIGS = ['vitest.config', 'vite.config'].flatMap((name) =>
  ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'].map((ending) => name + ending),
);

const OTHER_RUNNERS = ['jest', 'mocha', 'ava', 'jasmine', 'tap', 'uvu'];

/** Looks at a workspace without running anything of it. */
export function surveyWorkspace(root: string): Survey {
  const members = listMembers(root);
  const folders = members.map((member) => relative(root, member.root).replaceAll('\\', '/'));
  const tests = globSync([...TEST_FILE_GLOBS], { cwd: root, ignore: IGNORED });
  const owners = new Set(tests.map((file) => ownerOf(file, folders)));
  const look = (folder: string): SurveyedPackage => ({
    folder,
    manifest: readPackageJson(join(root, folder)),
    config: configOf(root, folder),
    hasTests: owners.has(folder),
  });
  const packages = [look(''), ...folders.map(look)] as const;
  const names = new Set(packages.flatMap(({ manifest }) => dependencyNames(manifest)));
  return {
    root,
    isNx: isNxWorkspace(root),
    manager: managerOf(root),
    vitest: vitestOf(root, packages),
    otherRunners: OTHER_RUNNERS.filter((name) => names.has(name)),
    usesTypeScript: names.has('typescript') || globSync('tsconfig*.json', { cwd: root }).length > 0,
    packages,
  };
}

function ownerOf(file: string, folders: readonly string[]): string {
  const around = folders.filter((folder) => file.startsWith(`${folder}/`));
  return around.sort((one, other) => other.length - one.length)[0] ?? '';
}

function configOf(root: string, folder: string): string | undefined {
  const name = CONFIGS.find((file) => existsSync(join(root, folder, file)));
  return name && [folder, name].filter(Boolean).join('/');
}

function managerOf(root: string): PackageManager {
  const { packageManager = '' } = readPackageJson(root) as { packageManager?: string };
  return (
    MANAGERS.find(({ name }) => packageManager.startsWith(`${name}@`)) ??
    MANAGERS.find(({ lockFiles }) => lockFiles.some((file) => existsSync(join(root, file)))) ??
    NPM
  );
}

function vitestOf(root: string, packages: readonly SurveyedPackage[]): string | undefined {
  for (const { folder, manifest } of packages) {
    const wanted = { ...manifest.peerDependencies, ...manifest.dependencies, ...manifest.devDependencies };
    if (wanted.vitest !== undefined) return installedVersion(join(root, folder), 'vitest') ?? wanted.vitest;
  }
  return undefined;
}

function installedVersion(folder: string, name: string): string | undefined {
  try {
    const { resolve } = createRequire(join(folder, 'package.json'));
    return readPackageJson(join(resolve(`${name}/package.json`), '..')).version;
  } catch {
    return undefined;
  }
}
