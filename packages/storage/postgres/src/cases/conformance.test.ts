import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import * as vitest from 'vitest';
import { FakePostgres } from '../fake/index.js';
import { conformance, SECRET } from './conformance.fixture.js';

const server = await FakePostgres.start({ password: SECRET });
vitest.afterAll(() => server.close());

storageConformance(
  conformance('postgres, offline', server.config, {
    authenticates: true,
    secrets: [SECRET],
    telemetry: { 'db.system.name': 'postgresql', 'server.address': 'memory', 'server.port': 5432 },
    faults: faultKit(server),
  }),
  vitest,
);
