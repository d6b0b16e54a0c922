/** @module-tag slow */
import { faultRig } from '@drydock/services/faults';
import { storageFaults } from '@drydock/storage/faults';
import { afterAll } from 'vitest';
import { service } from '../service.js';
import { conformance, settingsOf } from './conformance.fixture.js';
import { removeCertificates, servers, tls } from './server-faults.fixture.js';

afterAll(removeCertificates);

storageFaults({
  name: 'neo4j',
  target: (variables) => conformance('neo4j, failing', settingsOf(variables)),
  rig: faultRig(service, servers),
  tls,
  restartTimeoutMs: 120_000,
  crashes: 1,
});
