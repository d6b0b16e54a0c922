import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [drydock()] });
