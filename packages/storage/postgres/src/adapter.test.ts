import { afterAll } from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { offline, PASSWORD } from './conformance.fixture.js';
import { migrationCases } from './migration-cases.fixture.js';
import { PgliteServer } from './testing/index.js';

const server = await PgliteServer.start({ password: PASSWORD });
afterAll(() => server.close());

adapterCases('offline', offline(server));
migrationCases('offline', offline(server));
