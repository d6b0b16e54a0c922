import { storageConformance } from '@drydock/storage/conformance';
import { faultKit } from '@drydock/storage/testing';
import { afterAll } from 'vitest';
import { FakePostgres } from '../fake/index.js';
import { offline, PASSWORD, postgresConformance } from './conformance.fixture.js';

const server = await FakePostgres.start({ password: PASSWORD });
afterAll(() => server.close());

storageConformance(
  postgresConformance('postgres, offline', offline(server), {
    authenticates: true,
    secrets: [PASSWORD],
    telemetry: { 'db.system.name': 'postgresql', 'server.address': 'memory', 'server.port': 5432 },
    faults: faultKit(server),
  }),
);
