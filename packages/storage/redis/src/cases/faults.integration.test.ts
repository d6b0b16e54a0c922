/** @module-tag slow */
import { faultRig } from '@drydock/services/faults';
import { storageFaults } from '@drydock/storage/faults';
import { service } from '../service.js';
import { redisConformance } from './conformance.fixture.js';
import { serverFaults, servers, tls } from './server-faults.fixture.js';

storageFaults({
  name: 'redis',
  target: ({ REDIS_URL: url = '' }) => redisConformance('redis, failing', { url }),
  rig: faultRig(service, servers),
  serverFaults,
  tls,
});
