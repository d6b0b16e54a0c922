import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Record of a server that outlives the process which started it; holds secrets. */
export interface KeptServer {
  readonly backend: string;
  readonly provenance: string;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Folder of the server's reaper. */
  readonly folder: string;
}

/** Records a server in one step, readable by this user alone; false where its backend has a record already. */
export async function writeState(stateDir: string, server: KeptServer): Promise<boolean> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const draft = join(stateDir, `.${randomUUID()}`);
  await writeFile(draft, JSON.stringify(server), { mode: 0o600 });
  try {
    // A link, unlike a rename, does not replace what another process wrote meanwhile.
    await link(draft, fileOf(stateDir, server.backend));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The recorded server of a backend. */
export async function readState(stateDir: string, backend: string): Promise<KeptServer | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(stateDir, backend), 'utf8')) as KeptServer;
  } catch {
    return undefined;
  }
}

/** All recorded servers, sorted by backend. */
export async function readStates(stateDir: string): Promise<readonly KeptServer[]> {
  const names = (await readdir(stateDir).catch(() => []))
    .filter((name) => /^[^.].*\.json$/.test(name))
    .sort();
  const states = await Promise.all(names.map((name) => readState(stateDir, name.slice(0, -'.json'.length))));
  return states.filter((state) => state !== undefined);
}

/** Removes the record of a server. */
export async function removeState(stateDir: string, backend: string): Promise<void> {
  await rm(fileOf(stateDir, backend), { force: true });
}

function fileOf(stateDir: string, backend: string): string {
  return join(stateDir, `${backend}.json`);
}
