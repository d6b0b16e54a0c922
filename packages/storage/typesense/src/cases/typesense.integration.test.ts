import { storageConformance } from '@drydock/storage/conformance';
import * as vitest from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { conformance, settingsOf } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';

const settings = settingsOf(process.env);
if (!settings.url || !settings.apiKey) {
  throw new Error(
    'TYPESENSE_URL and TYPESENSE_API_KEY are not set: grant the integration level, which finds or starts a server',
  );
}

storageConformance(
  conformance('typesense, live', settings, {
    roundTripTags: ['smoke'],
    authenticates: true,
    secrets: [settings.apiKey],
  }),
  vitest,
);
adapterCases('live', settings);
driftCases(settings);
