import { inspect } from 'node:util';
import { WELL_KNOWN_VARIABLES } from '@drydock/workspace';
import { describe, expect, test } from 'vitest';
import { checkEnvironment } from './check-environment.js';
import { EnvironmentUsageError } from './environment-usage-error.js';

const VARIABLES = {
  ...WELL_KNOWN_VARIABLES,
  POOL_SIZE: { kind: 'number', min: 1, max: 10, example: '4' },
} as const;

function failureOf(env: Record<string, string>): EnvironmentUsageError {
  try {
    checkEnvironment(env, VARIABLES);
  } catch (error) {
    if (error instanceof EnvironmentUsageError) return error;
    throw error;
  }
  throw new Error('the environment was accepted');
}

describe('what is well-formed', () => {
  test('is accepted together with variables that nobody defines, and no value is kept', () => {
    const env = {
      POSTGRES_URL: 'postgresql://me:p%40ss@db1:5433/app?ssl=true',
      REDIS_URL: 'redis://me:canary@db1:7000/2',
      POOL_SIZE: '4',
      GROQ_API_KEY: 'k',
      OTHER: 'x',
    };
    expect(checkEnvironment(env, VARIABLES)).toBeUndefined();
  });

  test.each([
    ['REDIS_URL', 'redis://localhost'],
    ['REDIS_URL', 'REDISS://:secret@[::1]:6380/1'],
    ['REDIS_URL', 'redis://a:6379,redis://b:6379'],
    ['REDIS_URL', 'redis+unix:///tmp/x.sock'],
    ['REDIS_URL', '/tmp/x.sock'],
    ['POSTGRES_URL', 'postgresql:///app?host=/var/run/postgresql'],
    ['POSTGRES_URL', 'postgresql://me@%2Fvar%2Frun%2Fpostgresql/app'],
    ['POSTGRES_URL', 'postgres://me:p@a:5432,b/app'],
    ['NEO4J_BOLT', 'neo4j+s://a.b.example:7687'],
    ['QDRANT_URL', 'http://127.0.0.1:6333/prefix'],
    ['POSTGRES_URL', 'postgres://u:p%2Fw%3F%23@db/app?application_name=me@home'],
    ['NEO4J_PASSWORD', 'with "quotes" and spaces: fine'],
    ['POOL_SIZE', '10'],
  ])('%s=%s is accepted', (name, value) => {
    expect(() => checkEnvironment({ [name]: value }, VARIABLES)).not.toThrow();
  });

  test('an empty variable counts as not set', () => {
    expect(() => checkEnvironment({ REDIS_URL: '', POOL_SIZE: undefined }, VARIABLES)).not.toThrow();
  });
});

describe('what is malformed is a usage error without any part of the value', () => {
  test.each([
    ['POSTGRES_URL', 'nonsense', 'is not a URL'],
    ['POSTGRES_URL', 'canary:5432', 'is not a URL'],
    [
      'POSTGRES_URL',
      'mysql://canary:5432/app',
      'has the wrong protocol; it must begin with postgres:// or postgresql://',
    ],
    ['POSTGRES_URL', 'postgres:///canary', 'has no host'],
    ['POSTGRES_URL', 'postgres://canary:canary@/canary', 'has no host'],
    ['REDIS_URL', 'redis://:6379', 'has no host'],
    ['REDIS_URL', 'redis://canary:0', 'has a port outside 1 to 65535'],
    ['REDIS_URL', 'redis://canary:65536', 'has a port outside 1 to 65535'],
    ['REDIS_URL', 'redis://canary:six', 'has a port that is not a number'],
    ['REDIS_URL', 'redis://canary:', 'has a port that is not a number'],
    ['REDIS_URL', 'redis://::1:6379', 'or an IPv6 address without brackets'],
    ['QDRANT_URL', 'http://canary:5432,canary:5433/app', 'has more than one host and port'],
    ['REDIS_URL', 'redis://can^ary:6379', 'has a host that is not valid'],
    ['REDIS_URL', ' redis://canary', 'begins or ends with white space'],
    ['REDIS_URL', 'redis://canary\t', 'begins or ends with white space'],
    ['REDIS_URL', '   ', 'holds nothing but white space'],
    ['REDIS_URL', 'redis://canary\nredis://canary', 'contains a line break'],
    ['REDIS_URL', '"redis://canary"', 'stands in quotes'],
    ['GROQ_API_KEY', "'canary'", 'stands in quotes'],
    ['GROQ_API_KEY', 'canary\n', 'contains a line break'],
    ['GROQ_API_KEY', 'can\u0000ary', 'contains a control character'],
    ['POSTGRES_URL', 'postgres://canary:can@ary@db/app', 'has an unencoded @'],
    ['POSTGRES_URL', 'postgres://canary:can/ary@db/app', 'has an unencoded /, ? or #'],
    ['POSTGRES_URL', 'postgres://canary:can#ary@db/app', 'has an unencoded /, ? or #'],
    ['POSTGRES_URL', 'postgres://canary:can%ary@db/app', 'begins no escape'],
    ['POOL_SIZE', 'canary', 'is not a number'],
    ['POOL_SIZE', '1e3', 'is not a number'],
    ['POOL_SIZE', '0', 'is less than 1'],
    ['POOL_SIZE', '11', 'is more than 10'],
  ])('%s=%j', (name, value, problem) => {
    const failure = failureOf({ [name]: value });
    expect(failure.message).toContain(`${name} ${failure.problems[0]?.problem}`);
    expect(failure.message).toContain(problem);
    expect(failure.message).toContain(`For example: ${name}=`);
    expect(failure.code).toBe('ERR_DRYDOCK_USAGE');
    expect(inspect(failure, { depth: 9, showHidden: true }).replace(/^ {4}at .*$/gm, '')).not.toMatch(
      /nonsense|can.?ary|65536|\bsix\b|mysql/,
    );
  });

  test('all problems come at once', () => {
    const failure = failureOf({ REDIS_URL: 'canary', POSTGRES_URL: 'canary' });
    expect(failure.problems.map(({ variable }) => variable)).toEqual(['REDIS_URL', 'POSTGRES_URL']);
    expect(failure.message.split('\n')).toHaveLength(2);
  });
});
