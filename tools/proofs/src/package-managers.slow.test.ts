import { afterEach, describe, expect, it } from 'vitest';
import { managedWorkspace, missing, PACKAGE_MANAGERS, PATH } from './package-managers.fixture.js';
import { none } from './sandbox.fixture.js';
import type { AcmeWorkspace, Files } from './workspace.fixture.js';

const TIMEOUT_MS = 200_000;

/** A member with a variable of its own, and one that defines a service. */
const members = (sibling: string): Files => ({
  'packages/billing/package.json': {
    name: '@acme/billing',
    version: '1.0.0',
    type: 'module',
    dependencies: { '@acme/queue': sibling },
    drydock: { variables: { BILLING_API: { kind: 'url' } } },
  },
  'packages/billing/vitest.config.js': [
    "import { drydock } from '@drydock/test-gating/vitest';",
    'export default { plugins: [drydock()] };',
  ].join('\n'),
  'packages/billing/bill.test.js': [
    "import { service } from '@acme/queue';",
    "import { expect, it } from 'vitest';",
    "it('sees no address', () => expect(process.env.BILLING_API).toBeUndefined());",
    "it('imports another member', () => expect(service.backend).toBe('queue'));",
  ].join('\n'),
  'packages/billing/bill.integration.test.js': "import { it } from 'vitest'; it('bills', () => {});",
  'packages/queue/package.json': {
    name: '@acme/queue',
    version: '1.0.0',
    type: 'module',
    exports: './service.js',
    drydock: {
      backend: 'queue',
      service: './service.js',
      variables: { QUEUE_URL: { kind: 'url', protocols: ['queue:'] } },
    },
  },
  'packages/queue/service.js': [
    "export const service = { backend: 'queue', endpoint: 'QUEUE_URL', startTimeoutMs: 1000, remedy: 'Set QUEUE_URL.',",
    '  launchers: [], variables: () => ({}), probe: async () => undefined };',
  ].join('\n'),
});

let acme: AcmeWorkspace | undefined;
afterEach(() => acme?.remove());

describe.each(PACKAGE_MANAGERS)('a workspace of $name', { timeout: TIMEOUT_MS }, (manager) => {
  it('runs a member, takes its variables away, explains it, and has its service and targets', (context) => {
    const reason = missing(manager);
    // CI needs every one of them.
    if (reason && !process.env.CI) context.skip(`unavailable: ${reason}`);
    acme = managedWorkspace(manager, members(manager.sibling));
    const run = (...command: string[]) =>
      acme?.run(none, ['npx', '--no-install', ...command], { PATH, BILLING_API: 'http://billing.acme' });

    const tested = run('drydock', 'run', 'packages/billing');
    expect(tested?.status, tested?.output).toBe(0);
    expect(acme.ledger().totals).toMatchObject({ passed: 2, gated: 1, failed: 0 });
    expect(run('drydock', 'explain', 'packages/billing')?.output).toContain('bill.integration.test.js');
    expect(run('drydock', 'services', 'up', 'queue')?.output).toContain('Set QUEUE_URL.');
    const project = run('nx', 'show', 'project', '@acme/billing', '--json')?.output ?? '';
    expect(Object.keys(JSON.parse(project).targets).sort()).toEqual([
      'integration',
      'nx-release-publish',
      'slow',
      'test',
    ]);
  });
});
