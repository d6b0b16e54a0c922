/** @module-tag slow */
import { faultRig } from '@drydock/services/faults';
import { storageFaults } from '@drydock/storage/faults';
import { service } from '../service.js';
import { postgresConformance } from './conformance.fixture.js';
import { serverFaults, servers, tls } from './server-faults.fixture.js';

storageFaults({
  name: 'postgres',
  target: ({ POSTGRES_URL: url = '' }) => postgresConformance('postgres, failing', { url }),
  rig: faultRig(service, servers),
  serverFaults,
  tls,
});
