import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A Vitest with Drydock beside it, and the Node that runs it. */
export interface Installation {
  /** Version of Vitest. */
  readonly vitest: string;
  /** Absolute path of the Node binary. */
  readonly node: string;
  /** Absolute path of the folder `node_modules` that holds both. */
  readonly modules: string;
  /** Removes what was made for it alone. */
  remove(): void;
}

/** Root of this repository. */
export const REPOSITORY = join(import.meta.dirname, '../../..');
const OWN_MODULES = join(REPOSITORY, 'node_modules');
const SCOPE = '@drydock';
const BIN = '.bin';

/** What comes from npm: a version of Vitest with its own packages, and the Node to run it where it is not this one. */
export interface Fetched {
  readonly vitest: string;
  /** Major version. @default this process's Node */
  readonly node?: number;
}

/** Vitest and Node of this repository. */
export function ownInstallation(): Installation {
  return { vitest: versionOf(OWN_MODULES), node: process.execPath, modules: OWN_MODULES, remove: () => {} };
}

/** The versions that the full product runs: this repository's Vitest, and the next one on a Node that it supports. */
export const FETCHED: readonly Fetched[] = [
  { vitest: versionOf(OWN_MODULES) },
  { vitest: '5.1.2', node: 24 },
];

/** Whether {@link fetch} has nothing left to do. */
export function isFetched(wanted: Fetched): boolean {
  return existsSync(join(vitestFolder(wanted), 'node_modules/vitest')) && existsSync(nodeOf(wanted));
}

/** Installs a version of Vitest, and its Node, into the cache folder. @throws Error where npm cannot. */
export function fetch(wanted: Fetched): void {
  const { vitest, node } = wanted;
  if (isFetched(wanted)) return;
  const packages = ['vitest', '@vitest/ui', '@vitest/coverage-v8'].map((name) => `${name}@${vitest}`);
  install(vitestFolder(wanted), packages);
  if (node !== undefined) install(join(CACHE, `node/${node}`), [`node-linux-${process.arch}@${node}`]);
}

/** Puts a fetched Vitest and this repository's packages, copied so that no link leads back, into a temporary folder. */
export function installationOf(wanted: Fetched): Installation {
  const modules = join(realpathSync(mkdtempSync(join(tmpdir(), 'corpus-modules-'))), 'node_modules');
  mkdirSync(modules);
  const fetched = join(vitestFolder(wanted), 'node_modules');
  // The fetched Vitest starts this repository's `tsc`.
  mkdirSync(join(modules, BIN));
  for (const from of [fetched, OWN_MODULES]) {
    link(join(from, BIN), readdirSync(join(from, BIN)), join(modules, BIN));
    link(
      from,
      readdirSync(from).filter((name) => name !== SCOPE && name !== BIN),
      modules,
    );
  }
  for (const name of readdirSync(join(OWN_MODULES, SCOPE))) copy(join(SCOPE, name), modules);
  const remove = () => rmSync(dirname(modules), { recursive: true, force: true });
  return { vitest: wanted.vitest, node: nodeOf(wanted), modules, remove };
}

/** Where fetched packages are kept. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'drydock');

function vitestFolder({ vitest }: Fetched): string {
  return join(CACHE, `corpus/vitest-${vitest}`);
}

/** The Node that a fetched Vitest runs on. */
export function nodeOf({ node }: Pick<Fetched, 'node'>): string {
  return node === undefined
    ? process.execPath
    : join(CACHE, `node/${node}/node_modules/node-linux-${process.arch}/bin/node`);
}

/** Installs packages of npm into a folder. @throws Error where npm cannot. */
export function install(folder: string, packages: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  const { status, stderr } = spawnSync('npm', ['install', '--prefix', folder, ...flags, ...packages], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`npm could not install ${packages.join(', ')}: ${stderr.trim()}`);
}

/** Links what is not there yet. */
export function link(from: string, names: readonly string[], to: string): void {
  for (const name of names.filter((name) => !existsSync(join(to, name))))
    symlinkSync(join(from, name), join(to, name), 'junction');
}

function copy(name: string, modules: string): void {
  const from = realpathSync(join(OWN_MODULES, name));
  const isPublished = (path: string) => !/^(?:node_modules|src)$/.test(path.slice(from.length + 1));
  cpSync(from, join(modules, name), { recursive: true, filter: isPublished });
  const own = join(from, 'node_modules');
  if (existsSync(own)) symlinkSync(own, join(modules, name, 'node_modules'), 'junction');
}

function versionOf(modules: string): string {
  return JSON.parse(readFileSync(join(modules, 'vitest/package.json'), 'utf8')).version;
}
