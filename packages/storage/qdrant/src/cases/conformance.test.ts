import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import * as vitest from 'vitest';
import { FakeQdrant } from '../fake/index.js';
import { conformance, SECRET } from './conformance.fixture.js';

const server = new FakeQdrant({ apiKey: SECRET });
vitest.afterAll(() => server.close());

storageConformance(
  conformance('qdrant, offline', server.config, {
    authenticates: true,
    secrets: [SECRET],
    telemetry: { 'db.system.name': 'qdrant', 'server.address': 'memory', 'server.port': 6333 },
    faults: faultKit(server),
  }),
  vitest,
);
