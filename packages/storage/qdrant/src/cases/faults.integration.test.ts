/** @module-tag slow */
import { faultRig } from '@drydock/services/faults';
import { storageFaults } from '@drydock/storage/faults';
import { service } from '../service.js';
import { conformance, settingsOf } from './conformance.fixture.js';

storageFaults({
  name: 'qdrant',
  target: (variables) => conformance('qdrant, failing', settingsOf(variables)),
  rig: faultRig(service),
});
