import type { StorageQuery, Stored } from '@drydock/storage';
import type { Capabilities, ConformanceOptions, Sample } from '@drydock/storage/conformance';
import { Redis, type RedisOptions } from 'ioredis';
import { createRedisAdapter } from './adapter.js';
import type { RedisConfig } from './config.js';
import type { RedisQuery } from './search.js';

/** One turn of a session. */
export type Turn = Omit<Sample, 'id'> & { readonly id?: string };

const capabilities: Capabilities = {
  ttl: true,
  json: true,
  order: 'newest-first',
  stablePages: true,
  // A search of an empty group ends after the group; a grouped delete of nothing has no name to remove.
  roundTrips: { search: 2 },
};

/** The same suite for the fake and for a real server. */
export function redisConformance(
  name: string,
  connection: RedisConfig<Turn>,
  more: Partial<ConformanceOptions<Turn, RedisQuery, Stored<Turn>>> = {},
): ConformanceOptions<Turn, RedisQuery, Stored<Turn>> {
  return {
    name,
    capabilities,
    createAdapter: ({ namespace, options, password }) =>
      createRedisAdapter<Turn>({
        ...connection,
        ...(password !== undefined && { password }),
        ...options,
        prefix: namespace,
        group: ({ scope }) => scope,
      }),
    removeNamespace: (namespace) => removeKeys(connection, namespace),
    record: (sample) => sample,
    query: (scope: string, page: StorageQuery = {}) => ({ group: scope, ...page }),
    ...more,
  };
}

async function removeKeys({ url, driver }: RedisConfig<Turn>, prefix: string): Promise<void> {
  const client = new Redis(url ?? '', {
    ...(driver as Partial<RedisOptions>),
    lazyConnect: true,
    commandTimeout: 5_000,
  } as never);
  try {
    await client.connect();
    let cursor = '0';
    do {
      const [next, keys] = await client.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', 1_000);
      if (keys.length > 0) await client.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  } finally {
    client.disconnect();
  }
}
