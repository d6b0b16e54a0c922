import { storageConformance } from '@drydock/storage/conformance';
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
      'server.address': 'fake.invalid',
      'server.port': 6379,
    },
    faults: { set: (fault) => server.setFault(fault), requests: () => server.requests },
  }),
);
