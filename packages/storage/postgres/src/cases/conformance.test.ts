import { storageConformance } from '@drydock/storage/conformance';
import { afterAll } from 'vitest';
import { PgliteServer } from '../fake/index.js';
import { faultKit, offline, PASSWORD, postgresConformance } from './conformance.fixture.js';

const server = await PgliteServer.start({ password: PASSWORD });
afterAll(() => server.close());

storageConformance(
  postgresConformance('postgres, offline', offline(server), {
    authenticates: true,
    secrets: [PASSWORD],
    telemetry: { 'db.system.name': 'postgresql', 'server.address': 'memory', 'server.port': 5432 },
    faults: faultKit(server),
  }),
);
