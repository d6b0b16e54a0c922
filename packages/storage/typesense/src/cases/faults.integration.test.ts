/** @module-tag slow */
import { faultRig } from '@drydock/services/faults';
import { storageFaults } from '@drydock/storage/faults';
import { service } from '../service.js';
import { conformance, settingsOf } from './conformance.fixture.js';
import { serverFaults, servers, tls } from './server-faults.fixture.js';

storageFaults({
  name: 'typesense',
  target: (variables) => conformance('typesense, failing', settingsOf(variables)),
  rig: faultRig(service, servers),
  serverFaults,
  tls,
});
