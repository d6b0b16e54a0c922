import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceDefinition } from '@drydock/storage/service';
import { acquire } from '../acquire.js';
import { isInUse, isReaperOf, readOwner, removeLeftFolder } from '../reaper/folders.js';
import { STOP_FILE } from '../reaper/protocol.js';
import { type AcquireOptions, type Service, WAYS } from '../service.js';
import { type KeptServer, readState, readStates, removeState, writeState } from './state.js';

const DOWN_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

/** Options of `up`. */
export interface UpOptions extends AcquireOptions {
  /** Folder that remembers what is up; one for each workspace. */
  readonly stateDir: string;
}

/** One line of `drydock services status`. */
export interface KeptStatus {
  readonly backend: string;
  readonly provenance: string;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** Whether the server's supervising process still lives. */
  readonly alive: boolean;
}

/**
 * Finds or starts a server that outlives this process, and records it; a server that is up already is returned again.
 *
 * Starts no container, which would end with its owner. A configured server is returned as it is and not recorded.
 *
 * @throws {ServiceError} As `acquire` does.
 */
export async function up(definition: ServiceDefinition, options: UpOptions): Promise<Service> {
  const ways = (options.ways ?? WAYS).filter((way) => way !== 'container');
  const before = await readState(options.stateDir, definition.backend);
  const service = await acquire(definition, { ...options, ways });
  if (service.folder === undefined) return service;
  // A server was recorded and yet a new one was started, so the old one no longer answers.
  if (before !== undefined) await forget(before, options.stateDir);
  const { backend, provenance, version, host, port, variables, folder } = service;
  const state = { backend, provenance, version, host, port, variables, folder };
  if (!(await writeState(options.stateDir, state))) {
    // Another process recorded its server at the same time, and that one counts.
    await service.stop();
    return acquire(definition, { ...options, ways });
  }
  await service.release();
  return service;
}

/** Servers that are up, sorted by backend. */
export async function status(stateDir: string): Promise<readonly KeptStatus[]> {
  const states = await readStates(stateDir);
  return Promise.all(
    states.map(async (state) => {
      const { backend, provenance, version, host, port } = state;
      return { backend, provenance, version, host, port, alive: await isAlive(state) };
    }),
  );
}

/** Variables that point at what is up, or at these backends of it; they hold secrets. */
export async function environment(
  stateDir: string,
  backends?: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const all = await readStates(stateDir);
  const states = all.filter(({ backend }) => backends?.includes(backend) ?? true);
  const alive = await Promise.all(states.map(isAlive));
  return Object.assign({}, ...states.filter((_, index) => alive[index]).map((state) => state.variables));
}

/** Stops a server that is up and removes its folder; false when there was none. Rejects after 15 s. */
export async function down(backend: string, stateDir: string): Promise<boolean> {
  const state = await readState(stateDir, backend);
  if (state === undefined) return false;
  const wasAlive = await isAlive(state);
  await forget(state, stateDir);
  return wasAlive;
}

async function forget(state: KeptServer, stateDir: string): Promise<void> {
  if (await isAlive(state)) await stopReaperOf(state);
  else await removeLeftFolder(state.folder);
  const now = await readState(stateDir, state.backend);
  if (now?.folder === state.folder) await removeState(stateDir, state.backend);
}

async function stopReaperOf({ backend, folder }: KeptServer): Promise<void> {
  const reaper = (await readOwner(folder))?.reaper;
  await writeFile(join(folder, STOP_FILE), '');
  const end = performance.now() + DOWN_TIMEOUT_MS;
  // The folder goes before the process that removes it.
  while (existsSync(folder) || (reaper !== undefined && (await isReaperOf(reaper, folder)))) {
    if (performance.now() > end)
      throw new Error(`${backend} did not stop within ${DOWN_TIMEOUT_MS} ms; its folder is ${folder}`);
    await delay(POLL_MS);
  }
}

async function isAlive({ folder }: KeptServer): Promise<boolean> {
  const owner = await readOwner(folder);
  return owner !== undefined && isInUse(owner, folder);
}
