import { defineConfig } from 'vitest/config';

/** Without the harness: faults are to happen, not to be stopped. */
export default defineConfig({
  test: {
    include: ['*.faults.ts'],
    pool: 'forks',
    fileParallelism: false,
    hookTimeout: 60_000,
    // Drivers also fail behind the back of the call that this is about.
    dangerouslyIgnoreUnhandledErrors: true,
  },
});
