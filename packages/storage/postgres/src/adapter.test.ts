import { afterAll } from 'vitest';
import { adapterCases } from './cases/adapter-cases.fixture.js';
import { SECRET } from './cases/conformance.fixture.js';
import { declarationCases } from './cases/declarations/declaration-cases.fixture.js';
import { layoutCases } from './cases/declarations/layout-cases.fixture.js';
import { migrationCases } from './cases/migration-cases.fixture.js';
import { FakePostgres } from './fake/index.js';

const server = await FakePostgres.start({ password: SECRET });
afterAll(() => server.close());

adapterCases('offline', server.config);
declarationCases(server.config);
layoutCases(server.config);
migrationCases('offline', server.config);
