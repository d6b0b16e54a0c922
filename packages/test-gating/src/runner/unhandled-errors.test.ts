import { afterEach, describe, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const SECRET = 'sk-canary-4f1d9a7730b2c6e8';

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

function projectWith(body: string, config = ''): FixtureProject {
  project = createFixtureProject({
    'a.test.js': `import { test } from 'vitest';\n${body}`,
    'vitest.config.ts': `import { drydock } from '@drydock/test-gating/vitest';
      export default { plugins: [drydock({ env: { allow: ['OWN_API_KEY'] } })], test: { ${config} } };`,
  });
  return project;
}

const REJECTS = `test('saves', async () => {
  Promise.reject(Object.assign(new TypeError('not saved'), { config: { apiKey: process.env.OWN_API_KEY } }));
  await new Promise((resolve) => setTimeout(resolve, 20));
});`;

describe.each(['forks', 'threads', 'vmThreads'])('an error that nobody catches, in the pool %s', (pool) => {
  it('fails the run, is printed without its secrets, and stands in the ledger', async () => {
    const { exitCode, stdout, stderr, ledger } = await projectWith(REJECTS, `pool: '${pool}'`).vitest([], {
      OWN_API_KEY: SECRET,
    });
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain('TypeError: not saved');
    expect(stdout + stderr).not.toContain(SECRET);
    expect(ledger?.totals).toMatchObject({ passed: 1, failed: 1 });
    expect(JSON.stringify(ledger)).toContain('not saved');
    expect(JSON.stringify(ledger)).not.toContain(SECRET);
  });
});

it('an unhandled error that the configuration ignores fails nothing', async () => {
  const { exitCode, ledger } = await projectWith(REJECTS, 'dangerouslyIgnoreUnhandledErrors: true').vitest();
  expect(exitCode).toBe(0);
  expect(ledger?.totals).toMatchObject({ passed: 1, failed: 0 });
});

it('an unhandled error that is its own cause is reported', async () => {
  const body = `test('saves', async () => {
    const error = new Error('circular'); error.cause = error; Promise.reject(error);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });`;
  const { exitCode, stdout, stderr } = await projectWith(body).vitest();
  expect(exitCode).toBe(1);
  expect(stdout + stderr).toContain('circular');
});
