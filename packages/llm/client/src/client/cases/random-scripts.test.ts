import fc from 'fast-check';
import { test } from 'vitest';
import { playAndCheck, scripts } from './random-scripts.fixture.js';

test('300 random scripts keep deadline, budget, caps, usage and keys', async () => {
  await fc.assert(fc.asyncProperty(scripts, playAndCheck), { numRuns: 300 });
});
