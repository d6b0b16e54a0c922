import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { createTypesenseAdapter } from '../adapter.js';
import type { TypesenseConfig } from '../config.js';
import { FakeTypesense } from '../fake/index.js';
import { createScopedKey } from '../scoped-key.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const { url, apiKey, driver } = new FakeTypesense({ apiKey: 'secret' }).config;
  const scope = {
    FakeTypesense,
    createScopedKey,
    process: { env: { TYPESENSE_URL: url, TYPESENSE_API_KEY: apiKey } },
    createTypesenseAdapter: (config: TypesenseConfig) => createTypesenseAdapter({ driver, ...config }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(22);
});
