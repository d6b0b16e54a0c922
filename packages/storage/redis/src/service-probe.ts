import { probeError } from '@drydock/storage/backend-kit';
import { Redis } from 'ioredis';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export async function probe(
  variables: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  const client = new Redis(variables.REDIS_URL ?? '', {
    lazyConnect: true,
    enableOfflineQueue: false,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    // The driver waits this long for a silent server even when it is told to leave.
    disconnectTimeout: 100,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let lastError: unknown;
  // A refused connection rejects with a bare "Connection is closed."; only this event tells why.
  client.on('error', (error) => {
    lastError = error;
  });
  const deadline = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
  });
  try {
    return await Promise.race([login(client), late]);
  } catch (error) {
    throw withoutSecrets(deadline.aborted ? { code: 'ETIMEDOUT' } : (lastError ?? error));
  } finally {
    client.disconnect();
  }
}

async function login(client: Redis): Promise<{ version: string }> {
  await client.connect();
  return { version: versionIn(await client.info('server')) };
}

function versionIn(info: string): string {
  const field = (name: string) => new RegExp(`^${name}:(.+?)\\r?$`, 'm').exec(info)?.[1];
  const valkey = field('valkey_version');
  return valkey === undefined ? (field('redis_version') ?? 'unknown') : `${valkey} (Valkey)`;
}

/** The driver's error holds the AUTH command with its password: only its code leaves here. */
function withoutSecrets(error: unknown): Error {
  const { code, message = '' } = error as { code?: string; message?: string };
  const reply = /^[A-Z]{3,}(?= )/.exec(message)?.[0];
  const known = code ?? reply ?? (message.includes('timed out') ? 'ETIMEDOUT' : 'NOT_REDIS');
  return probeError('Redis', known);
}
