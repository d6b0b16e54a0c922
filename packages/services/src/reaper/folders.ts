import { randomBytes } from 'node:crypto';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { killTree } from './child-program.js';
import { pidNamespace } from './pid-namespace.js';
import { OWNER_FILE, type Owner } from './protocol.js';

/** Name of a new reaper's folder; no two are alike. */
export function newFolderName(purpose: string): string {
  return `drydock-${purpose}-${randomBytes(6).toString('hex')}`;
}

/**
 * Removes folders whose reaper was itself killed, and the server that it left.
 *
 * A folder without an owner file, or whose reaper lives or cannot be looked at from here, is left alone.
 */
export async function sweepFolders(parent: string, purpose: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const ours = names.filter((name) => new RegExp(`^drydock-${purpose}-[0-9a-f]{12}$`).test(name));
  await Promise.all(ours.map((name) => removeLeftFolder(join(parent, name))));
}

/** Removes a folder whose reaper was killed, and the server that it left; a folder in use is left alone. */
export async function removeLeftFolder(folder: string): Promise<void> {
  const owner = await readOwner(folder);
  if (owner === undefined || (await isInUse(owner, folder))) return;
  if (owner.server !== undefined && (await worksIn(owner.server, folder))) await killTree(owner.server);
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

/** The processes that a reaper's folder belongs to, if it has any. */
export async function readOwner(folder: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, OWNER_FILE), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Whether a folder's reaper lives; one of another sandbox is taken to, since its id says nothing here. */
export async function isInUse({ reaper, namespace }: Owner, folder: string): Promise<boolean> {
  if (namespace !== undefined && namespace !== pidNamespace()) return true;
  return isReaperOf(reaper, folder);
}

/** Whether this process lives and, where the system tells, is the reaper of that folder rather than a later process. */
export async function isReaperOf(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined || commandLine.split('\0').includes(folder);
}

/** Only Linux tells where a process works; elsewhere an orphan is left alone rather than a stranger killed. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return cwd.startsWith(folder);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
