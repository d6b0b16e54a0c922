import type { ServiceDefinition } from '@drydock/storage/service';
import type { Server } from '../server.js';
import { Unavailable } from '../unavailable.js';
import { readState } from './state.js';

const PROBE_TIMEOUT_MS = 7_000;

/** A server that an earlier `up` left running and that still answers; undefined when there was none. */
export async function findKept(definition: ServiceDefinition, stateDir: string): Promise<Server | undefined> {
  const state = await readState(stateDir, definition.backend);
  if (state === undefined) return undefined;
  try {
    const { version } = await definition.probe(state.variables, PROBE_TIMEOUT_MS);
    const { provenance, variables, host, port } = state;
    // The server belongs to whoever started it: stopping this use leaves it running.
    return { provenance, version, variables, host, port, stop: async () => undefined };
  } catch {
    throw new Unavailable('the server of `drydock services up` is gone');
  }
}
