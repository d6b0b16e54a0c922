import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import * as vitest from 'vitest';
import { FakeTypesense } from '../fake/index.js';
import { conformance, SECRET } from './conformance.fixture.js';

const server = new FakeTypesense({ apiKey: SECRET });
vitest.afterAll(() => server.close());

storageConformance(
  conformance('typesense, offline', server.config, {
    authenticates: true,
    secrets: [SECRET],
    telemetry: { 'db.system.name': 'typesense', 'server.address': 'memory', 'server.port': 8108 },
    faults: faultKit(server),
  }),
  vitest,
);
