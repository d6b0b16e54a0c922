import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [drydock()],
  test: {
    // For what hangs, not for what is slow: several packages' tests share a small machine's processors.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
