import { once } from 'node:events';
import type { Stored } from '@drydock/storage';
import type { ConformanceOptions, Sample } from '@drydock/storage/conformance';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { createRedisAdapter } from '../adapter.js';
import type { RedisConfig } from '../config.js';
import { Keys } from '../keys.js';
import type { RedisQuery } from '../search/search.js';

/** Password of the offline server; must never be seen. */
export const SECRET = 'canary-login-5c0e';

/** Longest scan of a server's keys, in milliseconds. */
const SCAN_MS = 10_000;

/** A record as the conformance suite makes them. */
export type SampleRecord = Omit<Sample, 'id'> & { readonly id?: string };

/** How adapters reach a server. */
export type ConnectionSettings = Pick<RedisConfig, 'url' | 'cluster' | 'driver' | 'tls'>;

/** How adapters reach the server that these variables name. */
export function settingsOf({ REDIS_URL: url = '' }: NodeJS.ProcessEnv): ConnectionSettings {
  return { url };
}

/** What the suite needs to know of this backend; the same for every server. */
export function conformance(
  name: string,
  settings: ConnectionSettings,
  more: Partial<ConformanceOptions<SampleRecord, RedisQuery, Stored<SampleRecord>>> = {},
): ConformanceOptions<SampleRecord, RedisQuery, Stored<SampleRecord>> {
  return {
    name,
    capabilities: {
      ttl: true,
      sharesRequests: true,
      json: true,
      order: 'newest-first',
      stablePages: true,
      // A search of an empty group ends after the group; a grouped delete of nothing has no name to remove.
      roundTrips: { search: 2 },
      refusesId: () => false,
    },
    report: () => {},
    createAdapter: ({ namespace, options, password }) =>
      createRedisAdapter<SampleRecord>({
        ...settings,
        ...(password !== undefined && { password }),
        ...options,
        prefix: namespace,
        group: ({ scope }) => scope,
      }),
    namespaces: () => namespaces(settings),
    removeNamespace: (namespace) => removeNamespace(settings, namespace),
    corrupt: (namespace, id) =>
      withClient(settings, async (client) => {
        await client.set(new Keys(namespace).record(id), 'no JSON');
      }),
    record: (sample) => sample,
    query: (scope, page) => ({ group: scope, ...page }),
    ...more,
  };
}

/** Does something with a client of its own. */
export async function withClient<T>(
  { url = '', cluster, driver }: ConnectionSettings,
  work: (client: Redis | Cluster) => Promise<T>,
): Promise<T> {
  const options = { ...(driver as Partial<RedisOptions>), lazyConnect: true, commandTimeout: 5_000 } as never;
  const [seed = ''] = cluster ?? [];
  const client = cluster
    ? new Cluster([seed], { redisOptions: { password: decodeURIComponent(new URL(seed).password) } })
    : new Redis(url, options);
  try {
    if (client instanceof Redis) await client.connect();
    else await once(client, 'ready');
    return await work(client);
  } finally {
    client.disconnect();
  }
}

/** Prefixes of runs, as far as a scan of limited length finds them: a shared server may hold any number of keys. */
async function namespaces(settings: ConnectionSettings): Promise<string[]> {
  const found = new Set<string>();
  await eachKey(settings, 'drydock-*', async (_, keys) => {
    for (const key of keys) found.add(key.slice(0, key.indexOf(':')));
  });
  return [...found];
}

/** Removes all keys with a prefix. */
export async function removeNamespace(settings: ConnectionSettings, prefix: string): Promise<void> {
  // UNLINK takes one key at a time, because the keys of a Cluster are in different slots.
  await eachKey(settings, `${prefix}:*`, async (node, keys) => {
    const pipeline = node.pipeline();
    for (const key of keys) pipeline.unlink(key);
    await pipeline.exec();
  });
}

function eachKey(
  settings: ConnectionSettings,
  pattern: string,
  work: (node: Redis, keys: string[]) => Promise<void>,
): Promise<void> {
  const end = performance.now() + SCAN_MS;
  return withClient(settings, async (client) => {
    for (const node of client instanceof Redis ? [client] : client.nodes('master')) {
      let cursor = '0';
      do {
        const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', 1_000);
        if (keys.length > 0) await work(node, keys);
        cursor = next;
      } while (cursor !== '0' && performance.now() < end);
    }
  });
}
