import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceContext, ServiceDefinition } from '@drydock/storage/service';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeDefinition } from '../testing/definition.fixture.js';
import { RUNS_FOR_EVER } from '../testing/fake-server.fixture.js';
import { Unavailable } from '../unavailable.js';
import { type LaunchOptions, launch } from './launch.js';

// Each test starts processes, which a busy machine may keep waiting.
vi.setConfig({ testTimeout: 30_000 });

let tempDir: string;
let options: LaunchOptions;

beforeEach(() => {
  tempDir = mkdtempSync(join(tmpdir(), 'launch-test-'));
  let port = 5000;
  options = {
    tempDir,
    fetch: { cacheDir: join(tempDir, 'cache'), timeoutMs: 5_000 },
    findPort: async () => ++port,
  };
});

afterEach(() => rmSync(tempDir, { recursive: true, force: true }));

/** A server that is ready once it has written the file `ready`. */
const BECOMES_READY = `setTimeout(() => require('node:fs').writeFileSync('ready', ''), 50); ${RUNS_FOR_EVER}`;

test('a server is ready when its probe succeeds, and leaves nothing when it is stopped', async () => {
  const { definition, launcher } = withScript(() => BECOMES_READY);
  const server = await launch(definition, launcher, options);
  expect(server).toMatchObject({
    provenance: 'local binary',
    version: '1.2.3',
    host: '127.0.0.1',
    port: 5001,
    variables: { FAKE_URL: expect.stringMatching(/^fake:\/\/:[0-9a-f]{36}@127\.0\.0\.1:5001$/) },
  });
  await server.stop();
  expect(readdirSync(tempDir)).toEqual([]);
});

test('a server that was killed is started again over its data', async () => {
  const counts = `require('node:fs').appendFileSync('starts', 'x'); ${BECOMES_READY}`;
  const { definition, launcher } = withScript(() => counts);
  const server = await launch(definition, launcher, options);
  const first = server.program?.pid() ?? 0;
  const exited = server.program?.exited();
  process.kill(first, 'SIGKILL');
  await exited;
  rmSync(join(server.folder ?? '', 'data', 'ready'));
  await server.program?.start();
  expect(server.program?.pid()).not.toBe(first);
  expect(readFileSync(join(server.folder ?? '', 'data', 'starts'), 'utf8')).toBe('xx');
  await server.stop();
  expect(readdirSync(tempDir)).toEqual([]);
});

test('a server that ends early gives its last lines, without its password', async () => {
  const script = ({ password }: ServiceContext) =>
    `console.error('bad secret ${password}'); console.error('at fake://me:word@host'); process.exit(4)`;
  const { definition, launcher } = withScript(script);
  const error = await launch(definition, launcher, options).catch((caught) => caught);
  expect(error).toEqual(
    new Unavailable('the server exited with code 4', ['bad secret [redacted]', 'at fake://[redacted]@host']),
  );
  expect(readdirSync(tempDir)).toEqual([]);
});

test('a server that loses its port to another is started again on a new one', async () => {
  const { definition, launcher } = withScript(({ port }) =>
    port < 5003 ? `console.log('bind: Address already in use'); process.exit(1)` : BECOMES_READY,
  );
  const server = await launch(definition, launcher, options);
  expect(server.port).toBe(5003);
  await server.stop();
});

test('a server that never gets a port is given up', async () => {
  const { definition, launcher } = withScript(() => `console.log('EADDRINUSE'); process.exit(1)`);
  const prepare = vi.spyOn(launcher, 'prepare');
  await expect(launch(definition, launcher, options)).rejects.toThrow('exited with code 1');
  expect(prepare).toHaveBeenCalledTimes(4);
});

test('a server that never answers is given up at its deadline', async () => {
  const { definition, launcher } = withScript(() => RUNS_FOR_EVER, { startTimeoutMs: 300 });
  await expect(launch(definition, launcher, options)).rejects.toThrow(
    'did not answer within 300 ms of its start (ENOTREADY)',
  );
  expect(readdirSync(tempDir)).toEqual([]);
});

test('a search that is called off stops the server', async () => {
  const { definition, launcher } = withScript(() => RUNS_FOR_EVER);
  const controller = new AbortController();
  const onStart = () => setTimeout(() => controller.abort(), 50);
  const launching = launch(definition, launcher, { ...options, signal: controller.signal, onStart });
  await expect(launching).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(tempDir)).toEqual([]);
});

test('a program that is not here is named', async () => {
  const { definition } = withScript(() => '');
  const launcher = {
    provenance: 'local binary' as const,
    prepare: async (context: ServiceContext) => {
      await context.which('no-such-server', 'nor-this');
      return undefined;
    },
  };
  await expect(launch(definition, launcher, options)).rejects.toThrow(
    'no `no-such-server` or `nor-this` on the PATH',
  );
});

test('an environment without listening sockets is named as the reason', async () => {
  const { definition, launcher } = withScript(() => BECOMES_READY);
  const findPort = () => Promise.reject(Object.assign(new Error('listen EPERM'), { code: 'EPERM' }));
  await expect(launch(definition, launcher, { ...options, findPort })).rejects.toThrow(
    'this environment allows no listening socket (EPERM)',
  );
});

test('a step of the preparation that fails is named with its output', async () => {
  const { definition } = withScript(() => '');
  const launcher = {
    provenance: 'local binary' as const,
    prepare: async ({ run, password }: ServiceContext) => {
      await run({ file: process.execPath, args: ['-e', `console.log('no ${password}'); process.exit(2)`] });
      return undefined;
    },
  };
  const error = await launch(definition, launcher, options).catch((caught) => caught);
  expect(error.message).toMatch(/^node(\.exe)? exited with code 2$/);
  expect(error.log).toEqual(['no [redacted]']);
});

test('a temporary folder that is not there is a reason, not a crash', async () => {
  const { definition, launcher } = withScript(() => BECOMES_READY);
  const nowhere = join(tempDir, 'missing');
  await expect(launch(definition, launcher, { ...options, tempDir: nowhere })).rejects.toThrow(/ENOENT/);
});

/** A definition with one launcher that runs this script; its probe looks for the file `ready`. */
function withScript(script: (context: ServiceContext) => string, more: Partial<ServiceDefinition> = {}) {
  let dataDir = '';
  const launcher = {
    provenance: 'local binary' as const,
    prepare: async (context: ServiceContext) => {
      dataDir = context.dataDir;
      return { file: process.execPath, args: ['-e', script(context)] };
    },
  };
  const probe = async () => {
    if (existsSync(join(dataDir, 'ready'))) return { version: '1.2.3' };
    throw Object.assign(new Error('not ready'), { code: 'ENOTREADY' });
  };
  return { launcher, definition: fakeDefinition({ probe, launchers: [launcher], ...more }) };
}
