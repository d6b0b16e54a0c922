import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The versions of Node that the guard is tried on. */
export const MAJORS = [20, 22, 24, 26] as const;

/** The variable that names the folders with other versions of Node; separated like PATH. */
const VARIABLE = 'DRYDOCK_NODES';

/**
 * The binary of a major version: the running one, or one that `npm install --prefix FOLDER/22 node@22` put into the
 * cache folder (`~/.cache/drydock/node`, or those of `DRYDOCK_NODES`); undefined when there is none.
 */
export function nodeBinary(major: number): string | undefined {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  return folders()
    .flatMap((folder) => packagesIn(path.join(folder, String(major), 'node_modules')))
    .map((folder) => path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
    .find((binary) => fs.existsSync(binary));
}

/** How to install a version that is missing. */
export function howToGet(major: number): string {
  return `no Node ${major}: npm install --prefix ${path.join(folders()[0] ?? '.', String(major))} node@${major}`;
}

function folders(): string[] {
  const named = process.env[VARIABLE];
  if (named) return named.split(path.delimiter);
  return [path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'drydock', 'node')];
}

function packagesIn(modules: string): string[] {
  if (!fs.existsSync(modules)) return [];
  return fs
    .readdirSync(modules)
    .filter((name) => /^node(-|$)/.test(name))
    .map((name) => path.join(modules, name));
}
