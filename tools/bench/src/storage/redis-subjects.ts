import { createRedisAdapter } from '@drydock/storage-redis';
import { Redis } from 'ioredis';
import { ALONE, BEST, OURS, RAW, recordOf, type StorageSubjects } from './subjects.js';

const PREFIX = 'drydock-bench';

/** Redis: one connection each; by hand the driver pipelines what is sent in one tick. Durability is the server's. */
export async function redisSubjects(url: string): Promise<StorageSubjects> {
  const plain = new Redis(url, { lazyConnect: true });
  const pipelined = new Redis(url, { lazyConnect: true, enableAutoPipelining: true });
  const adapters = [
    createRedisAdapter({ url, prefix: PREFIX }),
    createRedisAdapter({ url, prefix: PREFIX, coalesce: false }),
  ];
  await Promise.all([plain.connect(), pipelined.connect(), ...adapters.map((adapter) => adapter.connect())]);
  const raw = (name: string, client: Redis) => ({
    name,
    store: (id: string) => client.set(`${PREFIX}:raw:${id}`, JSON.stringify(recordOf(id))),
    retrieve: async (id: string) => JSON.parse((await client.get(`${PREFIX}:raw:${id}`)) ?? 'null'),
  });
  const ours = adapters.map((adapter, index) => ({
    name: index === 0 ? OURS : ALONE,
    store: (id: string) => adapter.store(recordOf(id)),
    retrieve: (id: string) => adapter.retrieve(id),
  }));
  return {
    subjects: [raw(RAW, plain), raw(BEST, pipelined), ...ours],
    async close() {
      const keys = await plain.keys(`${PREFIX}:*`);
      if (keys.length > 0) await plain.unlink(keys);
      plain.disconnect();
      pipelined.disconnect();
      await Promise.all(adapters.map((adapter) => adapter.disconnect()));
    },
  };
}
