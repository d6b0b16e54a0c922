import { storageConformance } from '@drydock/storage/conformance';
import { adapterCases } from './adapter-cases.fixture.js';
import { type ConnectionSettings, conformance } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';

const { TYPESENSE_URL: url, TYPESENSE_API_KEY: apiKey } = process.env;
if (!url || !apiKey) {
  throw new Error(
    'TYPESENSE_URL and TYPESENSE_API_KEY are not set: grant the integration level, which finds or starts a server',
  );
}

const settings = (key = apiKey): ConnectionSettings => ({ url, apiKey: key });

storageConformance({
  ...conformance('typesense, live', settings),
  roundTripTags: ['smoke'],
  secrets: [apiKey],
  authenticates: true,
});

adapterCases('live', settings());
driftCases(settings());
