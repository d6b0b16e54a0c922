import { afterAll } from 'vitest';
import { adapterCases } from './cases/adapter-cases.fixture.js';
import { offline, PASSWORD } from './cases/conformance.fixture.js';
import { migrationCases } from './cases/migration-cases.fixture.js';
import { FakePostgres } from './fake/index.js';

const server = await FakePostgres.start({ password: PASSWORD });
afterAll(() => server.close());

adapterCases('offline', offline(server));
migrationCases('offline', offline(server));
