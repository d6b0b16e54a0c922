import { afterAll } from 'vitest';
import { adapterCases } from './cases/adapter-cases.fixture.js';
import { SECRET } from './cases/conformance.fixture.js';
import { migrationCases } from './cases/migration-cases.fixture.js';
import { FakePostgres } from './fake/index.js';

const server = await FakePostgres.start({ password: SECRET });
afterAll(() => server.close());

adapterCases('offline', server.config);
migrationCases('offline', server.config);
