import { once } from 'node:events';
import type { StorageQuery, Stored } from '@drydock/storage';
import type { Capabilities, ConformanceOptions, Sample } from '@drydock/storage/conformance';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { createRedisAdapter } from './adapter.js';
import type { RedisConfig } from './config.js';
import type { RedisQuery } from './search.js';

/** One turn of a session. */
export type Turn = Omit<Sample, 'id'> & { readonly id?: string };

/** What Redis can do. */
export const CAPABILITIES: Capabilities = {
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
    capabilities: CAPABILITIES,
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

async function removeKeys({ url = '', cluster, driver }: RedisConfig<Turn>, prefix: string): Promise<void> {
  const options = { ...(driver as Partial<RedisOptions>), lazyConnect: true, commandTimeout: 5_000 } as never;
  const [seed = ''] = cluster ?? [];
  const client = cluster
    ? new Cluster([seed], { redisOptions: { password: decodeURIComponent(new URL(seed).password) } })
    : new Redis(url, options);
  try {
    if (client instanceof Redis) await client.connect();
    else await once(client, 'ready');
    const nodes = client instanceof Redis ? [client] : client.nodes('master');
    await Promise.all(nodes.map((node) => removeFromNode(node, prefix)));
  } finally {
    client.disconnect();
  }
}

/** One key at a time: on a Cluster they are in different slots. */
async function removeFromNode(node: Redis, prefix: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await node.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', 1_000);
    const pipeline = node.pipeline();
    for (const key of keys) pipeline.unlink(key);
    await pipeline.exec();
    cursor = next;
  } while (cursor !== '0');
}
