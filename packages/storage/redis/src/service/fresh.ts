import type { ServiceFresh } from '@drydock/storage/service';
import { Redis } from 'ioredis';

const KEYS_A_SCAN = 1_000;

/** A test file's part of a Redis: the keys that begin with its name, in the database that the address names. */
export const fresh: ServiceFresh = {
  async remove({ REDIS_URL = '' }, { prefix, includes }, timeoutMs) {
    await withClient(REDIS_URL, timeoutMs, async (client) => {
      let cursor = '0';
      do {
        const [next, keys] = await client.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', KEYS_A_SCAN);
        const gone = keys.filter(includes);
        if (gone.length > 0) await client.unlink(...gone);
        cursor = next;
      } while (cursor !== '0');
    });
  },
};

async function withClient(
  url: string,
  timeoutMs: number,
  work: (client: Redis) => Promise<void>,
): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // A failure of the connection rejects the call, too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    client.disconnect();
  }
}
