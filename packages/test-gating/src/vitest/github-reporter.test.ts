import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject, type Outcome } from '../testing/project.fixture.js';

const FAILS = `import { expect, test } from 'vitest';
test('adds', () => expect(1).toBe(2));
`;
/** A run with failures looks at the sandbox around it: it dials addresses that nobody has. */
const LOOKS_AROUND = {
  timeout: 30_000,
  meta: { network: { allow: ['127.0.0.1', '192.0.2.1', '2001:db8::1'], loopbackServers: true } } as object,
};
const IN_WORKFLOW = { GITHUB_ACTIONS: 'true' };

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

function projectWith(test: string): FixtureProject {
  project = createFixtureProject({
    'a.test.ts': FAILS,
    'vitest.config.ts': `import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock()], test: ${test} };`,
  });
  return project;
}

function annotationsOf({ stdout, stderr }: Outcome): string[] {
  return `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('::error '));
}

test('drydock run annotates each failure in a workflow once, with its class', LOOKS_AROUND, async () => {
  const outcome = await projectWith('{}').drydock(['run'], IN_WORKFLOW);
  expect(annotationsOf(outcome)).toEqual([
    expect.stringMatching(/^::error file=a\.test\.ts,line=2,title=adds::defect/),
  ]);
});

test('plain Vitest keeps its own annotations', async () => {
  const outcome = await projectWith('{}').vitest([], IN_WORKFLOW);
  expect(annotationsOf(outcome)).toHaveLength(1);
}, 30_000);

test.each([
  ['the configuration', `{ reporters: ['default', 'github-actions'] }`, []],
  ['the command line', '{}', ['--', '--reporter=github-actions']],
])('a GitHub reporter in %s stays', LOOKS_AROUND, async (_where, config, args) => {
  const outcome = await projectWith(config).drydock(['run', ...args], IN_WORKFLOW);
  expect(annotationsOf(outcome)).toHaveLength(2);
});
