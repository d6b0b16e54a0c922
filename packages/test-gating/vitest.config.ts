import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.js';

export default mergeConfig(
  { ...shared, plugins: [] },
  defineConfig({
    // Most tests wait for a Vitest that they start; by default Vitest leaves one of two processors idle.
    test: { maxWorkers: 2 },
    plugins: [drydock({ guard: { programs: ['chromium', 'chrome', 'google-chrome', 'git'] } })],
  }),
);
