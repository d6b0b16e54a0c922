import { once } from 'node:events';
import type { StorageQuery, Stored } from '@drydock/storage';
import type { Capabilities, ConformanceOptions, Sample } from '@drydock/storage/conformance';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { createRedisAdapter } from '../adapter.js';
import type { RedisConfig } from '../config.js';
import type { RedisQuery } from '../search/search.js';

/** Longest look through the keys of a server. */
const LOOK_MS = 10_000;

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
    namespaces: () => prefixes(connection),
    removeNamespace: async (namespace) => void (await removeKeys(connection, namespace)),
    record: (sample) => sample,
    query: (scope: string, page: StorageQuery = {}) => ({ group: scope, ...page }),
    ...more,
  };
}

function removeKeys(connection: RedisConfig<Turn>, prefix: string): Promise<unknown> {
  // One key at a time: on a Cluster they are in different slots.
  return eachKey(connection, `${prefix}:*`, async (node, keys) => {
    const pipeline = node.pipeline();
    for (const key of keys) pipeline.unlink(key);
    await pipeline.exec();
  });
}

/** Prefixes of runs, as far as a look of limited length sees: a shared server may hold anything. */
async function prefixes(connection: RedisConfig<Turn>): Promise<string[]> {
  const found = new Set<string>();
  await eachKey(connection, 'drydock-*', async (_, keys) => {
    for (const key of keys) found.add(key.slice(0, key.indexOf(':')));
  });
  return [...found];
}

async function eachKey(
  { url = '', cluster, driver }: RedisConfig<Turn>,
  pattern: string,
  work: (node: Redis, keys: string[]) => Promise<void>,
): Promise<void> {
  const options = { ...(driver as Partial<RedisOptions>), lazyConnect: true, commandTimeout: 5_000 } as never;
  const [seed = ''] = cluster ?? [];
  const client = cluster
    ? new Cluster([seed], { redisOptions: { password: decodeURIComponent(new URL(seed).password) } })
    : new Redis(url, options);
  const end = performance.now() + LOOK_MS;
  try {
    if (client instanceof Redis) await client.connect();
    else await once(client, 'ready');
    for (const node of client instanceof Redis ? [client] : client.nodes('master')) {
      let cursor = '0';
      do {
        const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', 1_000);
        if (keys.length > 0) await work(node, keys);
        cursor = next;
      } while (cursor !== '0' && performance.now() < end);
    }
  } finally {
    client.disconnect();
  }
}
