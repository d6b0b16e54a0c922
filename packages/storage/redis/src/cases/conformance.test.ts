import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import * as vitest from 'vitest';
import { FakeRedis } from '../fake/index.js';
import { conformance, SECRET } from './conformance.fixture.js';

const server = new FakeRedis({ password: SECRET });
vitest.afterAll(() => server.close());

storageConformance(
  conformance('redis, offline', server.config, {
    authenticates: true,
    secrets: [SECRET],
    telemetry: {
      'db.system.name': 'redis',
      'db.namespace': '0',
      'server.address': 'memory',
      'server.port': 6379,
    },
    faults: faultKit(server),
  }),
  vitest,
);
