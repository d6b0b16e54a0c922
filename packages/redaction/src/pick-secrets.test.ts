import { expect, test } from 'vitest';
import { pickSecrets } from './pick-secrets.js';

test('picks named variables, key-shaped ones and URLs with a login or a secret parameter', () => {
  const env = {
    PATH: '/bin',
    HOME: undefined,
    NEO4J_USER: 'bob',
    GROQ_API_KEY: 'a',
    REDIS_URL: 'redis://localhost:6379',
    POSTGRES_URL: 'postgres://bob:pw@db/app',
    SEARCH: 'https://h/v1?key=a',
  };
  expect(Object.keys(pickSecrets(env, ['neo4j_user']))).toEqual([
    'NEO4J_USER',
    'GROQ_API_KEY',
    'POSTGRES_URL',
    'SEARCH',
  ]);
});
