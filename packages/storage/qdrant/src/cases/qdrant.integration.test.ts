import { storageConformance } from '@drydock/storage/conformance';
import { adapterCases } from './adapter-cases.fixture.js';
import { type ConnectionSettings, conformance } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';

const { QDRANT_URL: url, QDRANT_API_KEY: apiKey } = process.env;
if (!url)
  throw new Error('QDRANT_URL is not set: grant the integration level, which finds or starts a server');

const settings = (key = apiKey): ConnectionSettings => ({ url, ...(key && { apiKey: key }) });

storageConformance({
  ...conformance('qdrant, live', settings),
  roundTripTags: ['smoke'],
  ...(apiKey && { secrets: [apiKey] }),
  authenticates: Boolean(apiKey),
});

adapterCases('live', settings());
driftCases(settings());
