import { storageConformance } from '@drydock/storage/conformance';
import * as vitest from 'vitest';
import { conformance, settingsOf } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';
import { layoutCases } from './layout-cases.fixture.js';

const settings = settingsOf(process.env);
const { password } = new URL(settings.url ?? '');

storageConformance(
  conformance('redis, live', settings, {
    roundTripTags: ['smoke'],
    authenticates: password !== '',
    secrets: password === '' ? [] : [decodeURIComponent(password)],
  }),
  vitest,
);
driftCases(settings);
layoutCases(settings);
