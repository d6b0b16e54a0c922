import { afterAll, expect, it } from 'vitest';
import { createFixtureProject } from '../../testing/project.fixture.js';

const project = createFixtureProject({
  'a.test.js': `import { expect, test } from 'vitest';
let runs = 0;
test('shaky', { retry: 2 }, () => { runs += 1; expect(runs).toBe(2); });
test('broken', { retry: 1, fails: true }, () => { throw new Error('always'); });
test('steady', { retry: 2 }, () => {});`,
});
afterAll(() => project.remove());

it('a pass on a retry keeps its status, its attempts and how it had failed', async () => {
  const { exitCode, stdout, ledger } = await project.drydock(['run', '--fail-on-flaky']);
  const [shaky, ...others] = ledger?.tests ?? [];
  expect(shaky).toMatchObject({
    status: 'passed',
    flaky: true,
    attempts: 2,
    reason: 'passed at attempt 2, before: expected 1 to be 2 // Object.is equality',
  });
  expect(others.map(({ name, flaky }) => [name, flaky])).toEqual([
    ['broken', undefined],
    ['steady', undefined],
  ]);
  expect(exitCode).toBe(1);
  expect(stdout.trimEnd()).toMatch(
    /--fail-on-flaky: 1 test passed only at a later attempt\.\n page {3}\.drydock\/report\.html$/,
  );
}, 30_000);
