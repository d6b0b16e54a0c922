import { storageConformance } from '@drydock/storage/conformance';
import { afterAll } from 'vitest';
import { FakeTypesense } from '../fake/index.js';
import { API_KEY, conformance, faultKit, offline } from './conformance.fixture.js';

const server = new FakeTypesense({ apiKey: API_KEY });
afterAll(() => server.close());

storageConformance({
  ...conformance('typesense, offline', (password) => offline(server, password)),
  authenticates: true,
  secrets: [API_KEY],
  telemetry: { 'db.system.name': 'typesense', 'server.address': 'memory', 'server.port': 8108 },
  faults: faultKit(server),
});
