import { expect, it } from 'vitest';
import { wrapEnvironment } from './guarded-environment.js';
import { NotedReads } from './noted-reads.js';

function readsOf(use: (env: NodeJS.ProcessEnv) => unknown): string[] {
  const reads = new NotedReads((name) => name === 'REDIS_URL');
  const env = wrapEnvironment({ API_MODE: 'a', OTHER: 'b', REDIS_URL: 'c' }, () => ({
    admits: () => true,
    reads,
  }));
  use(env);
  return reads.all.map(({ name }) => name);
}

it.each<[string, (env: NodeJS.ProcessEnv) => unknown, string[]]>([
  ['a name', (env) => env.API_MODE, ['API_MODE']],
  ['a name that is not set', (env) => env.FEATURE, ['FEATURE']],
  ['whether a name is there', (env) => 'API_MODE' in env, ['API_MODE']],
  ['some of them by name', ({ API_MODE, OTHER }) => [API_MODE, OTHER], ['API_MODE', 'OTHER']],
  ['a copy of all', (env) => ({ ...env }), []],
  ['all entries', (env) => Object.entries(env), []],
  ['all as JSON', (env) => JSON.stringify(env), []],
  ['a name after a copy of all', (env) => [{ ...env }, env.OTHER], ['OTHER']],
  [
    'what says where the run is',
    (env) => [env.PATH, env.NODE_ENV, env.CI, env.npm_package_name, env.VITEST_POOL_ID],
    [],
  ],
  ['what an offline run never sees', (env) => env.REDIS_URL, []],
  [
    'what the test set itself',
    (env) => {
      env.API_MODE = 'mine';
      return env.API_MODE;
    },
    [],
  ],
])('reading %s', (_, use, expected) => {
  expect(readsOf(use)).toEqual(expected);
});

it('the first place is noted', () => {
  const reads = new NotedReads();
  const env = wrapEnvironment({}, () => ({ admits: () => true, reads }));
  String(env.API_MODE);
  expect(reads.all[0]?.frame).toContain('noted-reads.test.ts:');
});
