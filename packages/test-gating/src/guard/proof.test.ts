import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

const PLAIN = `import { test } from 'vitest';\ntest('plain', () => {});\n`;

function configWith(plugin: string, test = ''): string {
  return `import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';
export default defineConfig({ plugins: [drydock(), ${plugin}], test: { ${test} } });`;
}

test('a run whose workers all prove their guard says so and is green', async () => {
  project = createFixtureProject({ 'a.test.ts': PLAIN, 'b.test.ts': PLAIN, 'c.integration.test.ts': PLAIN });
  const outcome = await project.vitest();
  expect(outcome.exitCode).toBe(0);
  expect(outcome.stdout).toMatch(/guard active (\d+)\/\1/);
}, 30_000);

test('a canary that is answered fails the run', async () => {
  const sabotage = `Reflect.get(process, Symbol.for('@drydock/network-guard/1')).refuse = () => undefined;`;
  project = createFixtureProject({
    'a.test.ts': `import { test } from 'vitest';\ntest('saboteur', () => { ${sabotage} });\n`,
  });
  const outcome = await project.vitest();
  expect(outcome.exitCode).toBe(3);
  expect(outcome.ledger?.guard).toMatchObject({ workers: 1, active: 0 });
  expect(outcome.ledger?.tests.map(({ failure }) => failure?.code)).toContain('ERR_DRYDOCK_GUARD');
}, 30_000);

test('a test that undoes a patch fails', async () => {
  project = createFixtureProject({
    'a.test.ts': `import net from 'node:net';
import { test } from 'vitest';
test('saboteur', () => {
  const socket = new net.Socket();
  socket.connect({ host: 'nowhere.invalid', port: 1, lookup: () => {} });
  const prototype = Object.getPrototypeOf(socket._handle);
  prototype.connect = () => 0;
  socket.destroy();
});
test('innocent', () => {});`,
  });
  const outcome = await project.vitest();
  expect(outcome.exitCode).toBe(3);
  const failures = outcome.ledger?.tests.filter(({ failure }) => failure?.class === 'harness') ?? [];
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.map(({ name }) => name)).not.toContain('innocent');
}, 30_000);

test('a worker without the guard fails the run', async () => {
  // Another plugin takes the runner away after the harness has set it.
  const thief = `{ name: 'thief', configureVitest: async ({ project }) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    project.config.runner = undefined;
  } }`;
  project = createFixtureProject({ 'a.test.ts': PLAIN, 'vitest.config.ts': configWith(thief) });
  const outcome = await project.vitest();
  expect(outcome.exitCode).toBe(3);
  expect(outcome.ledger?.guard).toMatchObject({ workers: 1, active: 0 });
}, 30_000);

test('a worker that dies before it reports fails the run', async () => {
  project = createFixtureProject({
    'a.test.ts': `import { test } from 'vitest';\ntest('dies', () => { process.kill(process.pid, 'SIGKILL'); });\n`,
  });
  const outcome = await project.vitest();
  expect(outcome.exitCode).not.toBe(0);
  expect(outcome.ledger?.totals.failed).toBeGreaterThan(0);
}, 30_000);

test.each([
  ['itself', `net.connect(25, '192.0.2.1').on('error', () => {}); setTimeout(() => process.exit(), 100);`],
  [
    'in a program that it starts',
    `spawn(process.execPath, ['-e', "setTimeout(() => require('node:net').connect(25, '192.0.2.1').on('error', () => {}), 200)"], { detached: true, stdio: 'ignore' }); process.exit();`,
  ],
])(
  'what a worker tries %s while Vitest ends it counts',
  async (_where, attempt) => {
    project = createFixtureProject({
      'a.test.ts': `import { spawn } from 'node:child_process';
import net from 'node:net';
import { test } from 'vitest';
test('waits for its end', () => { process.on('SIGTERM', () => { ${attempt} }); });`,
    });
    const outcome = await project.vitest(['--pool=forks']);
    expect(outcome.exitCode).toBe(3);
    expect(outcome.ledger?.tests.map(({ failure }) => failure?.code)).toContain('ERR_DRYDOCK_BLOCKED');
  },
  30_000,
);
