import { storageConformance } from '@drydock/storage/conformance';
import { createRedisAdapter } from '@drydock/storage-redis';
import { Redis } from 'ioredis';
import * as vitest from 'vitest';
import { describe } from 'vitest';
import { DEFECTS, withDefect } from '../defects.js';
import { given } from '../faults-variable.js';

const url = given('REDIS_URL') ?? 'redis://localhost:1';

interface Turn {
  readonly id?: string;
  readonly scope: string;
  readonly number: number;
  readonly text: string;
  readonly data?: unknown;
}

describe.skipIf(!given('REDIS_URL'))('planted', () => {
  for (const defect of Object.keys(DEFECTS))
    storageConformance(
      {
        name: defect,
        authenticates: true,
        capabilities: {
          ttl: true,
          json: true,
          order: 'newest-first',
          stablePages: true,
          roundTrips: 'vary',
          largeBatch: 200,
          largeRecordBytes: 10_000,
          refusesId: () => false,
        },
        createAdapter: ({ namespace, options, password }) =>
          withDefect(
            createRedisAdapter<Turn>({
              url,
              ...(password !== undefined && { password }),
              ...options,
              prefix: namespace,
              group: ({ scope }) => scope,
            }),
            defect,
          ),
        async removeNamespace(namespace) {
          const client = new Redis(url);
          for (const key of await client.keys(`${namespace}:*`)) await client.unlink(key);
          client.disconnect();
        },
        record: (sample) => sample,
        query: (scope, page = {}) => ({ group: scope, ...page }),
      },
      vitest,
    );
});
