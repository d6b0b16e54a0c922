import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';

// These tests run the harness itself from outside of it: `env` starts a process without the guard of this one.
export default defineConfig({
  plugins: [
    drydock({
      guard: { programs: ['env'] },
      needs: ['redis', 'gemini', 'groq', 'mistral', 'openai-compatible'],
    }),
  ],
});
