import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../../testing/project.fixture.js';

/** A server of the project's own, which answers at its health's path some time after it listens. */
const SERVER = `
import { createServer } from 'node:http';
const [port, host] = process.argv.slice(2);
const from = Date.now() + 200;
createServer((request, response) => {
  response.statusCode = request.url === '/health' && Date.now() < from ? 503 : 200;
  response.end(request.headers.authorization === process.env.KEY ? 'welcome' : 'who are you');
}).listen(Number(port), host);
`;
const SERVICE = `{
  port: 8080,
  url: 'http://{host}:{port}',
  variables: { BILLING_KEY: '{password}' },
  env: { KEY: '{password}' },
  command: ['node', './server.mjs', '{port}', '{host}'],
  ready: '/health',
}`;
const CONFIG = `
import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock({ services: { billing: ${SERVICE} } })] };
`;
const TESTS = {
  'server.mjs': SERVER,
  'billing.integration.test.js': `
import { expect, it } from 'vitest';
it('is let in', async () => {
  const answer = await fetch(process.env.BILLING_URL, { headers: { authorization: process.env.BILLING_KEY } });
  expect(await answer.text()).toBe('welcome');
});
`,
  'offline.test.js': `
import { expect, it } from 'vitest';
it('sees no server', () => expect([process.env.BILLING_URL, process.env.BILLING_KEY]).toEqual([undefined, undefined]));
`,
};
const LEVEL = { DRYDOCK_LEVEL: 'integration' };

// The server listens in one process, the tests dial it from another; `doctor` looks for a sandbox from addresses of its own.
const network = { allow: ['*'], loopbackServers: true };

describe('a service of the project’s own', { meta: { network } as object, timeout: 60_000 }, () => {
  let project: FixtureProject;
  beforeAll(() => {
    project = createFixtureProject({ ...TESTS, 'vitest.config.ts': CONFIG });
  });
  afterAll(() => project.remove());

  it('is started from the PATH for the tests that need it', async () => {
    const { ledger } = await project.vitest([], LEVEL);
    expect(ledger?.services).toEqual([
      { backend: 'billing', status: 'available', provenance: 'local binary' },
    ]);
    expect(ledger?.tests.map(({ status, backend }) => [status, backend])).toEqual([['passed', 'billing']]);
  });

  it('is hidden from offline tests', async () => {
    const { ledger } = await project.vitest([], { BILLING_URL: 'http://127.0.0.1:1', BILLING_KEY: 'k' });
    expect(ledger?.totals).toMatchObject({ passed: 1, gated: 1, failed: 0 });
  });

  it('is unavailable, with every way and a remedy, where it cannot be started', async () => {
    project.write('vitest.config.ts', CONFIG.replace("'node'", "'no-such-program'"));
    const { ledger } = await project.vitest([], LEVEL);
    project.write('vitest.config.ts', CONFIG);
    expect(ledger?.services).toMatchObject([
      {
        status: 'unavailable',
        reason: 'BILLING_URL not set, no `no-such-program` on the PATH',
        remedy: 'Set BILLING_URL or install `no-such-program`.',
      },
    ]);
    expect(ledger?.totals).toMatchObject({ unavailable: 1 });
  });

  it('declared in the package.json, it stays up for many runs, and doctor checks it', async () => {
    const services = { billing: new Function(`return ${SERVICE}`)() };
    project.write('package.json', JSON.stringify({ name: 'fixture', type: 'module', drydock: { services } }));
    project.write('vitest.config.ts', CONFIG.replace(/drydock\(.*\)\]/s, 'drydock()]'));
    const up = await project.drydock(['services', 'up', 'billing']);
    try {
      expect(up.stdout).toMatch(/billing +local binary +127\.0\.0\.1:\d+/);
      const doctor = await project.drydock(['doctor']);
      expect(doctor.stdout).toMatch(/BILLING_URL +drydock services up/);
      expect(doctor.stdout).toContain('The one configured endpoint answers.');
      const { ledger } = await project.vitest([], LEVEL);
      expect(ledger?.totals).toMatchObject({ passed: 1 });
      expect(up.stdout + doctor.stdout).not.toMatch(/[0-9a-f]{36}/);
    } finally {
      await project.drydock(['services', 'down', 'billing']);
      rmSync(join(project.root, '.drydock'), { recursive: true, force: true });
    }
  });
});
