import fc from 'fast-check';
import { test } from 'vitest';
import { playAndCheck, scripts } from './random-scripts.fixture.js';

test('10,000 random scripts keep deadline, budget, caps, usage and keys', { timeout: 300_000 }, async () => {
  await fc.assert(fc.asyncProperty(scripts, playAndCheck), { numRuns: 10_000 });
});
