import { storageConformance } from '@drydock/storage/conformance';
import { adapterCases } from './adapter-cases.fixture.js';
import { postgresConformance } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';
import { migrationCases } from './migration-cases.fixture.js';

const url = process.env.POSTGRES_URL ?? '';
const { password } = new URL(url);

storageConformance(
  postgresConformance(
    'postgres, live',
    { url },
    {
      authenticates: password !== '',
      secrets: password === '' ? [] : [decodeURIComponent(password)],
      roundTripTags: ['smoke'],
    },
  ),
);
adapterCases('live', { url });
migrationCases('live', { url });
driftCases({ url });
