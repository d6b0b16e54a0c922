import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';
import { GUARDED_PROJECT, SET_BEFORE } from './pools.fixture.js';

const POOLS = [
  ['forks', []],
  ['forks', ['--no-isolate', '--no-file-parallelism']],
  ['threads', []],
  ['threads', ['--no-isolate', '--no-file-parallelism']],
  ['vmThreads', ['--maxWorkers=1']],
  ['vmForks', ['--maxWorkers=1']],
] as const;

describe('guardEnvironment in a worker', () => {
  let project: FixtureProject;
  beforeAll(() => {
    project = createFixtureProject(GUARDED_PROJECT);
  });
  afterAll(() => project.remove());

  test.each(POOLS)('in pool %s %j', { timeout: 60_000 }, async (pool, args) => {
    const outcome = await project.vitest([`--pool=${pool}`, '--reporter=tap-flat', ...args], SET_BEFORE);
    const failed = outcome.stdout.split('\n').filter((line) => line.startsWith('not ok'));
    expect(failed).toEqual([]);
    expect(outcome.stdout.match(/^ok /gm)).toHaveLength(29);
    expect(outcome.exitCode).toBe(0);
  });
});
