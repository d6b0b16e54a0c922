import { probeWith } from '@drydock/storage/backend-kit';
import { Redis } from 'ioredis';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export function probe(
  { REDIS_URL = '' }: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  let lastError: unknown;
  return probeWith<Redis>(
    {
      service: 'Redis',
      open: () => makeClient(REDIS_URL, timeoutMs),
      async login(client) {
        // A refused connection rejects with a bare "Connection is closed."; only this event tells why.
        client.on('error', (error) => {
          lastError = error;
        });
        await client.connect();
        return { version: versionIn(await client.info('server')) };
      },
      close: (client) => client.disconnect(),
      codeOf: (error) => codeOf(lastError ?? error),
    },
    timeoutMs,
  );
}

function makeClient(url: string, timeoutMs: number): Redis {
  return new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    // The driver waits this long for a silent server even when it is told to leave.
    disconnectTimeout: 100,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
}

function versionIn(info: string): string {
  const field = (name: string) => new RegExp(`^${name}:(.+?)\\r?$`, 'm').exec(info)?.[1];
  const valkey = field('valkey_version');
  return valkey === undefined ? (field('redis_version') ?? 'unknown') : `${valkey} (Valkey)`;
}

function codeOf(error: unknown): string | undefined {
  const { code, message = '' } = error as { code?: string; message?: string };
  const reply = /^[A-Z]{3,}(?= )/.exec(message)?.[0];
  return code ?? reply ?? (message.includes('timed out') ? 'ETIMEDOUT' : undefined);
}
