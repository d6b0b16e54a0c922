import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import * as storage from './index.js';
import { openTelemetry } from './telemetry/index.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const scope = {
    ...storage,
    openTelemetry,
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(4);
});
