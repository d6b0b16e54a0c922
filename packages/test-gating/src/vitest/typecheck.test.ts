import { afterAll, expect, it } from 'vitest';
import { createFixtureProject } from '../testing/project.fixture.js';

const project = createFixtureProject({
  'a.test.js': "import { test } from 'vitest'; test('runs', () => {});",
  'a.test-d.ts':
    "import { expectTypeOf, test } from 'vitest'; test('a type', () => { expectTypeOf(1).toBeNumber() });",
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: 'esnext',
      moduleResolution: 'bundler',
    },
  }),
  'vitest.config.ts': `import { drydock } from '@drydock/test-gating/vitest';
    export default { plugins: [drydock()], test: { typecheck: { enabled: true, include: ['**/*.test-d.ts'] } } };`,
});
afterAll(() => project.remove());

it('a test of types runs in no worker, so no guard is missed', async () => {
  const { exitCode, stdout, ledger } = await project.vitest();
  expect(exitCode, stdout).toBe(0);
  expect(ledger?.totals).toMatchObject({ passed: 2, failed: 0 });
  expect(ledger?.guard).toMatchObject({ workers: 1, active: 1 });
});
