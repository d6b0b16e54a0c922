import { storageConformance } from '@drydock/storage/conformance';
import { afterAll } from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { migrationCases } from './migration-cases.fixture.js';
import { conformance, faultKit, offline, PASSWORD } from './postgres.fixture.js';
import { PgliteServer } from './testing/index.js';

const server = await PgliteServer.start({ password: PASSWORD });
afterAll(() => server.close());

storageConformance({
  ...conformance('postgres, offline', (password) => offline(server, password)),
  secrets: [PASSWORD],
  faults: faultKit(server),
});
adapterCases('offline', offline(server));
migrationCases('offline', offline(server));
