import { expect, it } from 'vitest';
import { RESULT_VARIABLES } from './cache-inputs.js';
import { infer, packages } from './tree.fixture.js';

const harness = {
  ...packages({ api: { 'a.test.ts': '' }, guard: { 'g.test.ts': '' } }),
  'packages/gate/package.json': { name: '@acme/gate', dependencies: { '@acme/guard': '*', vitest: '*' } },
};

const testTarget = async (root: string, options = {}, nxJson = {}) =>
  (await infer(harness, options, nxJson))[root]?.targets?.test;

it('invalidates every package when the harness or what it is built from changes', async () => {
  const test = await testTarget('packages/api', { harness: '@acme/gate' });
  expect(test?.inputs).toContainEqual({ input: 'default', projects: ['@acme/gate', '@acme/guard'] });
});

it('builds the harness before the tests, also before those of a package that the harness is built from', async () => {
  const test = await testTarget('packages/guard', { harness: '@acme/gate' });
  expect(test?.dependsOn).toContainEqual({ projects: ['@acme/gate', '@acme/guard'], target: 'build' });
});

it('leaves a harness from a registry to the lock file', async () => {
  const test = await testTarget('packages/api');
  expect(test?.inputs).not.toContainEqual(expect.objectContaining({ projects: expect.anything() }));
  expect(test?.dependsOn).toEqual(['^build']);
});

it('hashes every locked dependency, the platform and the variables that can change a result', async () => {
  const test = await testTarget('packages/api', {
    env: ['ACME_MODE'],
    inputs: ['{workspaceRoot}/fixtures/**'],
  });
  expect(test?.inputs).not.toContainEqual(
    expect.objectContaining({ externalDependencies: expect.anything() }),
  );
  expect(test?.inputs).toContainEqual({ runtime: expect.stringContaining('process.version') });
  expect(test?.inputs).toContainEqual({ env: 'DRYDOCK_RUN' });
  expect(test?.inputs).toContainEqual({ env: 'ACME_MODE' });
  expect(test?.inputs).toContain('{workspaceRoot}/fixtures/**');
});

it('lets no secret into a hash', () => {
  expect(RESULT_VARIABLES.filter((name) => /KEY|TOKEN|SECRET|PASSWORD|URL|BOLT|USER/.test(name))).toEqual([]);
});

it('sees of a dependency only what it publishes, where the workspace says what that is', async () => {
  const test = await testTarget(
    'packages/api',
    { harness: '@acme/gate' },
    { namedInputs: { production: [] } },
  );
  expect(test?.inputs).toContain('^production');
  expect(test?.inputs).toContainEqual(expect.objectContaining({ input: 'production' }));
});
