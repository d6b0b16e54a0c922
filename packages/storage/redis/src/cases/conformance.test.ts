import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import { FakeRedis } from '../fake/index.js';
import { redisConformance } from './conformance.fixture.js';

const password = 'canary-login-5c0e';
const server = new FakeRedis({ password });

storageConformance(
  redisConformance('redis, offline', server.config, {
    authenticates: true,
    secrets: [password],
    telemetry: {
      'db.system.name': 'redis',
      'db.namespace': '0',
      'server.address': 'memory',
      'server.port': 6379,
    },
    faults: faultKit(server),
  }),
);
