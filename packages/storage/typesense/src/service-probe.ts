import { FaultError } from '@drydock/storage';
import { probeWith } from '@drydock/storage/backend-kit';
import { resolveConnection } from './config.js';
import { Connection } from './connection.js';
import { toFault } from './errors.js';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export function probe(
  { TYPESENSE_URL: url = '', TYPESENSE_API_KEY: apiKey = '' }: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  return probeWith<Connection>(
    {
      service: 'Typesense',
      open: () => new Connection(resolveConnection({ url, apiKey })),
      login: versionOf,
      close: (connection) => connection.close(),
      codeOf: (error) => (error instanceof FaultError ? error.fault : toFault(error, true)).code,
    },
    timeoutMs,
  );
}

/** The server counts as ready only once it takes writes: before that every write fails. */
async function versionOf(connection: Connection, signal: AbortSignal): Promise<{ version: string }> {
  const attempt = { signal, remainingMs: () => 1, sending: () => {} };
  connection.open();
  const { ok } = await connection.requestObject(attempt, { method: 'get', path: '/health' });
  if (ok !== true) throw Object.assign(new Error('not ready'), { code: 'NOT_READY' });
  const { version } = await connection.requestObject(attempt, { method: 'get', path: '/debug' });
  if (typeof version !== 'string') throw Object.assign(new Error('alien'), { code: 'NOT_TYPESENSE' });
  return { version };
}
