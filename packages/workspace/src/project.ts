import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { ProviderProbe } from '@drydock/services';
import type { Rule } from '@drydock/triage';
import type { Variables } from '../../test-gating/src/environment/index.js';
import type { Level, Marker } from './registry.js';

/** The `drydock` field of a package.json. */
export interface DrydockField {
  /** Backend whose server the package's integration tests need. */
  readonly backend?: string;
  /** Module that exports the backend's `service` definition, relative to the package. */
  readonly service?: string;
  /** Versions of the backend's server that are supported, as a range of npm's kind: `>=6.2`. */
  readonly versions?: string;
  /** Provider that the package's real calls go to. */
  readonly provider?: string;
  /** How to ask the provider for what costs nothing. */
  readonly probe?: ProviderProbe;
  /** Variables that point at the backend or provider; a new one touches only its own package. */
  readonly variables?: Variables;
  /** Hosts of a provider, open to its real-call tests: `api.groq.com`. */
  readonly hosts?: readonly string[];
  /** Markers and levels that the project adds; read from the workspace root. */
  readonly markers?: readonly Marker[];
  readonly levels?: readonly Level[];
  /** Rules for the class of failures that the project adds; read from the workspace root. */
  readonly triage?: readonly Rule[];
}

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

/** Folder of a project's ledger: `.drydock/drydock-storage-redis` for `@drydock/storage-redis`. */
export function ledgerFolder(workspaceRoot: string, projectName: string): string {
  return join(workspaceRoot, '.drydock', projectName.replace(/^@/, '').replaceAll('/', '-'));
}

/** Where servers that were brought up are remembered; it holds passwords and is never committed. */
export function serviceStateFolder(workspaceRoot: string): string {
  return join(workspaceRoot, '.drydock', 'services');
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
