import { storageConformance } from '@drydock/storage/conformance';
import * as vitest from 'vitest';
import { adapterCases } from './adapter-cases.fixture.js';
import { conformance, settingsOf } from './conformance.fixture.js';
import { declarationCases } from './declarations/declaration-cases.fixture.js';
import { layoutCases } from './declarations/layout-cases.fixture.js';
import { driftCases } from './drift-cases.fixture.js';
import { migrationCases } from './migration-cases.fixture.js';

const settings = settingsOf(process.env);
const { password } = new URL(settings.url ?? '');

storageConformance(
  conformance('postgres, live', settings, {
    roundTripTags: ['smoke'],
    authenticates: password !== '',
    secrets: password === '' ? [] : [decodeURIComponent(password)],
  }),
  vitest,
);
adapterCases('live', settings);
declarationCases(settings);
layoutCases(settings);
migrationCases('live', settings);
driftCases(settings);
