import { existsSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { createFixtureProject } from '../testing/project.fixture.js';

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'drydock/mock-libraries');
const INSTALL = `npm install --prefix ${CACHE} nock@14 msw@2`;

const project = createFixtureProject({
  'mocks/nock.test.js': `import http from 'node:http';
import nock from 'nock';
import { afterEach, expect, test } from 'vitest';
nock.disableNetConnect();
afterEach(() => nock.cleanAll());
const get = (url) => new Promise((resolve) => http.get(url, resolve).on('error', resolve));
test('answered', async () => {
  nock('http://api.test').get('/a').reply(200);
  expect((await get('http://api.test/a')).statusCode).toBe(200);
});
test('another path', async () => { nock('http://api.test').get('/a').reply(200); await get('http://api.test/b?key=secret'); });
test('another host', async () => { await get('http://other.test/'); });
test('by fetch', async () => { await fetch('http://other.test/c').catch(() => {}); });`,
  'mocks/msw.test.js': `import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
const server = setupServer(http.get('http://api.test/a', () => HttpResponse.json({ ok: true })));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => { server.resetHandlers(); server.events.removeAllListeners(); });
afterAll(() => server.close());
test('msw answered', async () => { expect(await (await fetch('http://api.test/a')).json()).toEqual({ ok: true }); });
test('msw swallowed', async () => { await fetch('http://api.test/b').catch(() => {}); });`,
});
symlinkSync(join(CACHE, 'node_modules'), join(project.root, 'mocks/node_modules'), 'junction');
afterAll(() => project.remove());

beforeEach((context) => {
  if (!existsSync(join(CACHE, 'node_modules/msw'))) context.skip(`unavailable: no nock and msw. ${INSTALL}`);
});

it('what nock and msw refuse fails the test, also where the code swallows it', async () => {
  const { ledger, exitCode, stdout } = await project.vitest();
  const failed = ledger?.tests.filter(({ status }) => status === 'failed') ?? [];
  expect(Object.fromEntries(failed.map(({ name, failure }) => [name, failure?.evidence])), stdout).toEqual({
    'another path': expect.stringContaining('nock refused GET http://api.test:80/b: no handler matches it'),
    'another host': expect.stringContaining('nock refused GET http://other.test'),
    'by fetch': expect.stringContaining('nock refused GET http://other.test'),
    'msw swallowed': expect.stringContaining('msw refused GET http://api.test/b'),
  });
  expect(ledger?.guard.blocked).toEqual([]);
  expect(failed.every(({ failure }) => failure?.class === 'harness')).toBe(true);
  expect(ledger?.totals.passed).toBe(2);
  expect(exitCode).toBe(3);
  expect(stdout).not.toContain('key=secret');
}, 60_000);

it('by option they may', async () => {
  project.write(
    'vitest.config.ts',
    `import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock({ guard: { mockLibraries: false } })] };`,
  );
  const { ledger, stdout } = await project.vitest();
  expect(ledger?.totals, stdout).toMatchObject({ passed: 6, failed: 0 });
}, 60_000);
