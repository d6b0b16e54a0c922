import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { createNeo4jAdapter } from '../adapter.js';
import type { Neo4jConfig } from '../config.js';
import { FakeNeo4j } from '../fake/index.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const server = new FakeNeo4j({ password: 'secret' });
  const scope = {
    FakeNeo4j,
    process: { env: { NEO4J_BOLT: server.config.url, NEO4J_PASSWORD: 'secret' } },
    createNeo4jAdapter: (config: Neo4jConfig) => createNeo4jAdapter({ driver: server.driver, ...config }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(10);
});
