import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.js';

/** What Drydock reads of a package.json. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  /** `module` where `.js` files are ES modules. */
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  /** Members of a workspace of npm, Yarn or Bun. */
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  /** What Nx is told of the package. */
  readonly nx?: { readonly name?: string };
  /** Not checked yet; see `readField`. */
  readonly drydock?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * A folder's package.json, or an empty one where there is none.
 *
 * @throws UsageError when the file is not JSON.
 */
export function readPackageJson(folder: string): PackageJson {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PackageJson;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** Names of the packages that a package.json depends on, in any way. */
export function dependencyNames(manifest: PackageJson): string[] {
  return Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
  });
}
