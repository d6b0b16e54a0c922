import { expect, test } from 'vitest';
import { scrubEnvironment } from './scrub.js';

const ENVIRONMENT = {
  PATH: '/bin',
  HOME: '/home/me',
  KEYBOARD: 'de',
  TOKENIZERS_PARALLELISM: 'false',
  REDIS_URL: 'redis://canary',
  neo4j_user: 'canary',
  AWS_SECRET_ACCESS_KEY: 'canary',
  my_api_key: 'canary',
  NPM_TOKEN: 'canary',
};

test('named and key-shaped variables go, whatever their case; only their names are told', () => {
  const env: NodeJS.ProcessEnv = { ...ENVIRONMENT };
  const removed = scrubEnvironment(env, { names: ['REDIS_URL', 'NEO4J_USER'] });
  expect(removed).toEqual(['AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN', 'REDIS_URL', 'my_api_key', 'neo4j_user']);
  expect(env).toEqual({ PATH: '/bin', HOME: '/home/me', KEYBOARD: 'de', TOKENIZERS_PARALLELISM: 'false' });
});

test('what the user allows stays', () => {
  const env: NodeJS.ProcessEnv = { ...ENVIRONMENT };
  scrubEnvironment(env, { names: ['REDIS_URL'], allow: ['npm_token', 'REDIS_URL'] });
  expect(env).toMatchObject({ NPM_TOKEN: 'canary', REDIS_URL: 'redis://canary' });
  expect(env).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
});

test('a second time nothing is left to remove', () => {
  const env: NodeJS.ProcessEnv = { ...ENVIRONMENT };
  scrubEnvironment(env, { names: [] });
  expect(scrubEnvironment(env, { names: [] })).toEqual([]);
});
