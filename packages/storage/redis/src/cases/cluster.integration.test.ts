import { storageConformance } from '@drydock/storage/conformance';
import { type Availability, orSkip, tryAcquire } from '@drydock/storage/faults';
import calculateSlot from 'cluster-key-slot';
import * as vitest from 'vitest';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createRedisAdapter } from '../adapter.js';
import type { RedisConfig } from '../config.js';
import { type ConnectionSettings, conformance, type SampleRecord } from './conformance.fixture.js';
import { RedisCluster } from './servers.fixture.js';

/** The nodes are started by this file, on ports that are not known before. */
const network = { allow: ['127.0.0.1'], loopbackServers: true };
const STARTED_WITHIN_MS = 60_000;

describe('a Cluster of three nodes', { meta: { network } as object }, () => {
  const settings: ConnectionSettings = {};
  const secrets: string[] = [];
  let availability: Availability<RedisCluster>;
  let cluster: RedisCluster;

  beforeAll(async () => {
    availability = await tryAcquire(RedisCluster.start());
    if (!('value' in availability)) return;
    cluster = availability.value;
    Object.assign(settings, { cluster: cluster.urls.slice(0, 1) });
    secrets.push(...cluster.urls.map((url) => new URL(url).password));
    return () => cluster.stop();
  }, STARTED_WITHIN_MS);

  beforeEach((context) => {
    orSkip(availability, context);
  });

  const suite = conformance('redis cluster, live', settings, { authenticates: true, secrets });
  // A batch takes one request for each slot, and records of many slots share none.
  const capabilities = { ...suite.capabilities, roundTrips: 'vary', sharesRequests: false } as const;
  storageConformance({ ...suite, capabilities }, vitest);

  const connected = async (config: Partial<RedisConfig<SampleRecord>> = {}) => {
    const adapter = createRedisAdapter<SampleRecord>({ ...settings, prefix: 'own', ...config });
    onTestFinished(() => adapter.disconnect());
    await adapter.connect();
    return adapter;
  };
  const samples = (count: number): SampleRecord[] =>
    Array.from({ length: count }, (_, number) => ({ id: `id ${number}`, scope: 's', number, text: 'text' }));

  test('one seed node is enough, and one that does not answer does no harm', async () => {
    const gone = 'redis://127.0.0.1:1';
    const adapter = await connected({ cluster: [gone, ...cluster.urls.slice(2)] });
    const ids = await adapter.storeBatch(samples(50));
    expect(new Set(ids.map((id) => nodeOf(`own:r:${id}`))).size).toBe(3);
    expect(await adapter.retrieveBatch(ids)).toHaveLength(50);
  });

  test('a prefix in braces keeps all keys in one slot: a batch is one request', async () => {
    const adapter = await connected({ prefix: '{own}' });
    await adapter.storeBatch(samples(50));
    await adapter.retrieveBatch(samples(50).map(({ id }) => id ?? ''));
    expect(adapter.getMetrics().operations.retrieveBatch?.roundTrips).toBe(1);
  });

  test('a record in a slot that has moved is stored on the new node', async () => {
    const adapter = await connected();
    const { id = '' } = samples(1)[0] ?? {};
    const slot = calculateSlot(`own:r:${id}`);
    await adapter.delete(id);
    await cluster.moveSlot(slot);
    await adapter.storeBatch(samples(1));
    await expect(adapter.retrieve(id)).resolves.toMatchObject({ id });
  });

  test('a node that has stopped fails its slots fast, and the others go on', async () => {
    const adapter = await connected({ prefix: 'other', retry: { maxAttempts: 1 } });
    await cluster.stopNode(2);
    const outcomes = await Promise.all(
      samples(50).map(async (sample) => {
        const node = nodeOf(`other:r:${sample.id}`);
        const error = await adapter.store({ ...sample, scope: 'x' }).then(
          () => undefined,
          (reason) => reason,
        );
        return { node, error };
      }),
    );
    for (const { node, error } of outcomes) {
      if (node < 2) expect(error).toBeUndefined();
      else expect(error).toMatchObject({ name: 'StorageConnectionError', retriable: true });
    }
    expect(outcomes.some(({ node }) => node === 2)).toBe(true);
  });
});

function nodeOf(key: string): number {
  return Math.floor((calculateSlot(key) * 3) / 16_384);
}
