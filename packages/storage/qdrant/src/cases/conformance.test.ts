import { storageConformance } from '@drydock/storage/conformance';
import { afterAll } from 'vitest';
import { FakeQdrant } from '../fake/index.js';
import { API_KEY, conformance, faultKit, offline } from './conformance.fixture.js';

const server = new FakeQdrant({ apiKey: API_KEY });
afterAll(() => server.close());

storageConformance({
  ...conformance('qdrant, offline', (password) => offline(server, password)),
  authenticates: true,
  secrets: [API_KEY],
  telemetry: { 'db.system.name': 'qdrant', 'server.address': 'memory', 'server.port': 6333 },
  faults: faultKit(server),
});
