import { afterAll } from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { API_KEY, offline } from './conformance.fixture.js';
import { FakeTypesense } from './testing/index.js';

const server = new FakeTypesense({ apiKey: API_KEY });
afterAll(() => server.close());

adapterCases('offline', offline(server));
