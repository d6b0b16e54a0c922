import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

function projectWith(reporters: string): FixtureProject {
  project = createFixtureProject({
    'a.test.ts': `import { test } from 'vitest';\ntest('passes', () => {});\n`,
    'vitest.config.ts': `import { drydock } from '@drydock/test-gating/vitest';
import { JsonReporter } from 'vitest/node';
class OwnReporter extends JsonReporter {}
export default { plugins: [drydock()], test: { reporters: ${reporters} } };`,
  });
  return project;
}

test.each(['vitest', 'drydock'] as const)(
  '%s: standard output holds JSON alone where the configuration has it there',
  async (command) => {
    for (const reporters of [`['json']`, `[['json', {}]]`, `'json'`, '[new OwnReporter({})]']) {
      const { vitest, drydock } = projectWith(reporters);
      const { stdout, stderr } = await (command === 'vitest' ? vitest() : drydock(['run']));
      expect(JSON.parse(stdout), reporters).toMatchObject({ numPassedTests: 1 });
      expect(stderr).toContain('1 passed');
      project?.remove();
    }
  },
  60_000,
);

test.each([
  `['default', ['json', { outputFile: 'x.json' }]]`,
  `['default', 'junit'], outputFile: { junit: 'x.xml' }`,
])(
  'a file for programs leaves the summary on standard output: %s',
  async (reporters) => {
    const { stdout } = await projectWith(reporters).drydock(['run']);
    expect(stdout).toContain('1 passed');
    expect(stdout).toContain(' page ');
  },
  30_000,
);
