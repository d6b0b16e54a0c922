import { createAdapter } from '../create-adapter.js';
import type { Fault } from '../errors/fault.js';
import { MemoryBackend } from './memory-backend.fixture.js';

/** The server is not there: nothing was sent. */
export const refused: Fault = {
  kind: 'connection',
  retriable: true,
  outcome: 'not_sent',
  code: 'ECONNREFUSED',
};
/** The connection broke after the request was sent. */
export const reset: Fault = { kind: 'connection', retriable: true, outcome: 'unknown', code: 'ECONNRESET' };
/** The server refuses what was sent. */
export const rejected: Fault = { kind: 'data', retriable: false, outcome: 'rejected', code: 'WRONGTYPE' };

/** A backend in memory with an adapter that is connected to it. */
export async function connected(configure: (backend: MemoryBackend) => void = () => {}) {
  const backend = new MemoryBackend();
  configure(backend);
  const adapter = createAdapter(backend, { timeoutMs: 1_000, retry: { baseDelayMs: 0 } });
  await adapter.connect();
  backend.requests.length = 0;
  return { backend, adapter };
}
