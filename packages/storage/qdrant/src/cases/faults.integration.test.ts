/** @module-tag slow */
import { faultRig } from '@drydock/services/faults';
import { storageFaults } from '@drydock/storage/faults';
import { service } from '../service.js';
import { conformance } from './conformance.fixture.js';

storageFaults({
  name: 'qdrant',
  target: ({ QDRANT_URL: url = '', QDRANT_API_KEY: own }) =>
    conformance('qdrant, failing', (apiKey = own) => ({ url, ...(apiKey && { apiKey }) })),
  rig: faultRig(service),
});
