import { storageConformance } from '@drydock/storage/conformance';
import { redisConformance } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';

const url = process.env.REDIS_URL ?? '';
const { password } = new URL(url);

storageConformance(
  redisConformance(
    'redis, live',
    { url },
    {
      authenticates: password !== '',
      secrets: password === '' ? [] : [decodeURIComponent(password)],
      roundTripTags: ['smoke'],
    },
  ),
);
driftCases({ url });
