import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { none } from './sandbox.fixture.js';
import { type AcmeWorkspace, acmeWorkspace, type Files, REPOSITORY } from './workspace.fixture.js';

/** A real package manager, as npm serves it. */
export interface PackageManager {
  readonly name: string;
  /** Its package, which CI installs into the cache folder; undefined for npm, which is there. */
  readonly install?: string;
  /** Program and arguments of an install that asks no registry; files below the cache's node_modules. */
  readonly command: readonly string[];
  /** How a member names the version of another. */
  readonly sibling: string;
  /** How it learns of the members, and what it must be told so that it stays offline. */
  readonly files: Files;
}

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'drydock/package-managers');
const inCache = (path: string) => join(CACHE, 'node_modules', path);
/** Where Nx finds the package manager that a lock file names, to ask for its version. */
export const PATH = [inCache('.bin'), process.env.PATH].join(delimiter);
const ROOT = { name: 'acme', private: true, type: 'module', scripts: { test: 'drydock run' } };
const WITH_MEMBERS = { 'package.json': { ...ROOT, workspaces: ['packages/*'] } };

export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    name: 'npm',
    command: ['npm', 'install', '--offline', '--no-audit', '--no-fund'],
    sibling: '*',
    files: WITH_MEMBERS,
  },
  {
    name: 'pnpm',
    install: 'pnpm',
    command: [process.execPath, inCache('pnpm/bin/pnpm.mjs'), 'install', '--offline'],
    sibling: 'workspace:*',
    files: { 'package.json': ROOT, 'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n" },
  },
  {
    name: 'Yarn',
    install: '@yarnpkg/cli-dist',
    command: [process.execPath, inCache('@yarnpkg/cli-dist/bin/yarn.js'), 'install'],
    sibling: 'workspace:*',
    files: {
      ...WITH_MEMBERS,
      'yarn.lock': '',
      '.yarnrc.yml': 'nodeLinker: node-modules\nenableNetwork: false\nenableTelemetry: false\n',
    },
  },
  {
    name: 'Bun',
    install: 'bun',
    command: [inCache('bun/bin/bun.exe'), 'install'],
    sibling: 'workspace:*',
    files: WITH_MEMBERS,
  },
];

/** Why a package manager cannot be used here, or undefined where it can. */
export function missing({ install, command }: PackageManager): string | undefined {
  if (!install || command.slice(0, 2).every((part) => !part.startsWith(CACHE) || existsSync(part)))
    return undefined;
  return `${install} is not in the cache folder: npm install --prefix ${CACHE} ${install}`;
}

/** A workspace whose members a package manager has linked; the harness and its tools are this repository's. */
export function managedWorkspace(manager: PackageManager, files: Files): AcmeWorkspace {
  const acme = acmeWorkspace(() => {}, { ...files, ...manager.files });
  const { status, output } = acme.run(none, manager.command, { PATH });
  if (status !== 0) throw new Error(`${manager.name} could not install the workspace: ${output}`);
  linkHarness(join(acme.root, 'node_modules'));
  return acme;
}

// Packages that the package manager did not lay: those of this repository, by links, so that nothing is downloaded.
function linkHarness(nodeModules: string): void {
  const installed = join(REPOSITORY, 'node_modules');
  mkdirSync(nodeModules, { recursive: true });
  for (const name of readdirSync(installed)) {
    if (!existsSync(join(nodeModules, name)))
      symlinkSync(join(installed, name), join(nodeModules, name), 'junction');
  }
}
