import { storageConformance } from '@drydock/storage/conformance';
import { afterAll } from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { faultKit, offline, PASSWORD, postgresConformance } from './conformance.fixture.js';
import { migrationCases } from './migration-cases.fixture.js';
import { PgliteServer } from './testing/index.js';

const server = await PgliteServer.start({ password: PASSWORD });
afterAll(() => server.close());

storageConformance(
  postgresConformance('postgres, offline', offline(server), {
    authenticates: true,
    secrets: [PASSWORD],
    faults: faultKit(server),
  }),
);
adapterCases('offline', offline(server));
migrationCases('offline', offline(server));
