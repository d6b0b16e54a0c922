import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.js';

export default mergeConfig(
  { ...shared, plugins: [] },
  defineConfig({
    plugins: [drydock({ guard: { programs: ['chromium', 'chrome', 'google-chrome', 'git'] } })],
  }),
);
