import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { createQdrantAdapter } from '../adapter.js';
import type { QdrantConfig } from '../config.js';
import { FakeQdrant } from '../fake/index.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const { url, apiKey, driver } = new FakeQdrant({ apiKey: 'secret' }).config;
  const scope = {
    FakeQdrant,
    process: { env: { QDRANT_URL: url, QDRANT_API_KEY: apiKey } },
    createQdrantAdapter: (config: QdrantConfig) => createQdrantAdapter({ driver, ...config }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(19);
});
