import { availableParallelism } from 'node:os';
import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // These tests run the harness itself from outside of it: `env` starts a process without the guard of this one.
  plugins: [drydock({ guard: { programs: ['env'] } })],
  // Each concurrent test is a Vitest of its own.
  test: { maxConcurrency: availableParallelism() },
});
