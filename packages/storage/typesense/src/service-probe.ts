import { FaultError } from '@drydock/storage';
import { probeError } from '@drydock/storage/backend-kit';
import { type ConnectionConfig, resolveConnection } from './config.js';
import { Connection } from './connection.js';
import { toFault } from './errors.js';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export async function probe(
  variables: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await ask(configOf(variables), signal);
  } catch (error) {
    throw withoutSecrets(error, signal.aborted);
  }
}

function configOf({ TYPESENSE_URL: url = '', TYPESENSE_API_KEY: apiKey = '' }: Parameters<typeof probe>[0]) {
  try {
    return resolveConnection({ url, apiKey });
  } catch {
    throw Object.assign(new Error('unusable'), { code: 'ERR_INVALID_URL' });
  }
}

/** Says that it is ready only once it takes writes: before that every write fails. */
async function ask(config: ConnectionConfig, signal: AbortSignal): Promise<{ version: string }> {
  const connection = new Connection(config);
  const attempt = { signal, remainingMs: () => 1, sending: () => {} };
  connection.open();
  try {
    const { ok } = await connection.requestObject(attempt, { method: 'get', path: '/health' });
    if (ok !== true) throw Object.assign(new Error('not ready'), { code: 'NOT_READY' });
    const { version } = await connection.requestObject(attempt, { method: 'get', path: '/debug' });
    if (typeof version !== 'string') throw Object.assign(new Error('alien'), { code: 'NOT_TYPESENSE' });
    return { version };
  } finally {
    await connection.close();
  }
}

/** The client's error holds the key: only a code leaves here. */
function withoutSecrets(error: unknown, late: boolean): Error {
  const fault = error instanceof FaultError ? error.fault : toFault(error, true);
  return probeError('Typesense', late ? 'ETIMEDOUT' : (fault.code ?? 'NOT_TYPESENSE'));
}
