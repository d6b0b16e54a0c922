import { storageConformance } from '@drydock/storage/conformance';
import * as vitest from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { conformance, settingsOf } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';

const settings = settingsOf(process.env);
if (!settings.url)
  throw new Error('QDRANT_URL is not set: grant the integration level, which finds or starts a server');

storageConformance(
  conformance('qdrant, live', settings, {
    roundTripTags: ['smoke'],
    authenticates: settings.apiKey !== undefined,
    secrets: settings.apiKey === undefined ? [] : [settings.apiKey],
  }),
  vitest,
);
adapterCases('live', settings);
driftCases(settings);
