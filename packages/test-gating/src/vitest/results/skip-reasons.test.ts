import { afterAll, expect, it } from 'vitest';
import { createFixtureProject } from '../../testing/project.fixture.js';

const project = createFixtureProject({
  'a.test.js': `import { beforeAll, describe, test } from 'vitest';
test('runs', () => {});
test.skip('by its author', () => {});
test.todo('later');
test('with a note', (context) => context.skip('not today'));
test('without a program', (context) => context.skip('unavailable: no redis-server. Install it.'));
describe('behind a hook', () => {
  beforeAll(() => { throw new Error('no'); });
  test('never', () => {});
});`,
  'b.test.js': `import { test } from 'vitest';
test.only('runs alone', () => {});
test('beside it', () => {});`,
});
afterAll(() => project.remove());

async function reasons(args: string[] = []): Promise<unknown> {
  const { ledger } = await project.vitest(args);
  return Object.fromEntries(
    (ledger?.tests ?? [])
      .filter(({ status }) => status === 'skipped' || status === 'unavailable')
      .map(({ name, status, reason }) => [name, `${status}: ${reason}`]),
  );
}

it('each test that was left out says why', async () => {
  expect(await reasons()).toEqual({
    'by its author': 'skipped: skipped by its author',
    later: 'skipped: todo',
    'with a note': 'skipped: not today',
    'without a program': 'unavailable: no redis-server. Install it.',
    'behind a hook > never': 'skipped: a hook before it failed',
    'beside it': 'skipped: skipped by its author or by .only in its file',
  });
}, 30_000);

it('a filter of the run is not the author of a skip', async () => {
  expect(await reasons(['-t', 'runs$'])).toMatchObject({
    'by its author': 'skipped: not selected',
    'with a note': 'skipped: not selected',
    'behind a hook > never': 'skipped: not selected',
  });
  expect(await reasons(['a.test.js:2'])).toMatchObject({ 'with a note': 'skipped: not selected' });
}, 30_000);
