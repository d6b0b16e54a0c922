import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { StorageError } from '@drydock/storage';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createPostgresAdapter } from '../adapter.js';
import type { PostgresConfig } from '../config.js';
import { FakePostgres } from '../fake/index.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const server = await FakePostgres.start({ password: 'secret' });
const { url, driver } = server.config;

test('the README’s examples print what they say', async () => {
  const scope = {
    StorageError,
    FakePostgres: { start: async () => server },
    pg: { Pool: pg.Pool.bind(undefined, { ...driver, connectionString: url }) },
    readFileSync: () => 'certificate',
    process: { env: { POSTGRES_URL: url } },
    createPostgresAdapter: (config: PostgresConfig) =>
      createPostgresAdapter(config.pool ? config : { driver, ...config }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(10);
});
