import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { createRedisAdapter } from '../adapter.js';
import type { RedisConfig } from '../config.js';
import { FakeRedis } from '../fake/index.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const server = new FakeRedis();
  const scope = {
    FakeRedis,
    inspect,
    readFileSync: () => 'certificate',
    process: { env: { REDIS_URL: server.config.url, REDIS_PASSWORD: 'secret' } },
    createRedisAdapter: (config: RedisConfig) => createRedisAdapter({ driver: server.driver, ...config }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(11);
});
