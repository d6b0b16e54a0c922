import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceContext } from '@drydock/storage/service';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as freePort from '../launch/free-port.js';
import { readOwner } from '../reaper/folders.js';
import { fakeDefinition } from '../testing/definition.fixture.js';
import { isAlive, RUNS_FOR_EVER } from '../testing/fake-server.fixture.js';
import { readState } from './state.js';
import { down, environment, status, up } from './up-and-down.js';

// Each test starts processes, which a busy machine may keep waiting.
vi.setConfig({ testTimeout: 30_000 });

// The servers of these tests listen to nothing, and nothing may listen here.
vi.mock('../launch/free-port.js');

let root: string;
let options: { env: Record<string, string>; tempDir: string; stateDir: string };

beforeEach(() => {
  vi.mocked(freePort.freePort).mockResolvedValue(5000);
  root = mkdtempSync(join(tmpdir(), 'kept-test-'));
  options = { env: {}, tempDir: root, stateDir: join(root, 'state') };
});

afterEach(async () => {
  await down('fake', options.stateDir);
  rmSync(root, { recursive: true, force: true });
});

const prepare = async (_: ServiceContext) => ({ file: process.execPath, args: ['-e', RUNS_FOR_EVER] });
const definition = fakeDefinition({ launchers: [{ provenance: 'local binary', prepare }] });

test('a server that is up is listed, gives its variables, and goes down', async () => {
  const service = await up(definition, options);
  const shown = {
    backend: 'fake',
    provenance: 'local binary',
    version: '1.2.3',
    host: '127.0.0.1',
    port: 5000,
  };
  await expect(status(options.stateDir)).resolves.toEqual([{ ...shown, alive: true }]);
  await expect(environment(options.stateDir)).resolves.toEqual(service.variables);
  await expect(environment(options.stateDir, ['fake'])).resolves.toEqual(service.variables);
  await expect(environment(options.stateDir, ['another'])).resolves.toEqual({});
  const { reaper = 0, server = 0 } = await ownerOfKept();
  await expect(down('fake', options.stateDir)).resolves.toBe(true);
  expect([reaper, server].map(isAlive)).toEqual([false, false]);
  expect(readdirSync(root)).toEqual(['state']);
  await expect(status(options.stateDir)).resolves.toEqual([]);
  await expect(down('fake', options.stateDir)).resolves.toBe(false);
});

test('a server that is up is returned again, and stopping that use leaves it up', async () => {
  const first = await up(definition, options);
  const second = await up(definition, options);
  expect(second.variables).toEqual(first.variables);
  await second.stop();
  await expect(status(options.stateDir)).resolves.toMatchObject([{ alive: true }]);
});

test('of two servers that are started at once, one stays', async () => {
  const services = await Promise.all([up(definition, options), up(definition, options)]);
  expect(services[0].variables).toEqual(services[1].variables);
  expect(readdirSync(root).filter((name) => name.startsWith('drydock-fake-'))).toHaveLength(1);
});

test('a server that died is replaced by a new one', async () => {
  await up(definition, options);
  const { reaper, server } = await ownerOfKept();
  for (const pid of [server, reaper]) process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(reaper)).toBe(false));
  await expect(status(options.stateDir)).resolves.toMatchObject([{ alive: false }]);
  await expect(environment(options.stateDir)).resolves.toEqual({});
  const dead = { ...definition, probe: vi.fn(definition.probe).mockRejectedValueOnce(new Error('gone')) };
  const service = await up(dead, options);
  expect(service.attempts).toContainEqual({
    way: 'kept',
    reason: 'the server of `drydock services up` is gone',
    log: [],
  });
  await expect(status(options.stateDir)).resolves.toMatchObject([{ alive: true }]);
});

test('a configured server is returned and not recorded', async () => {
  const service = await up(definition, { ...options, env: { FAKE_URL: 'fake://db1' } });
  expect(service.provenance).toBe('process environment');
  await expect(status(options.stateDir)).resolves.toEqual([]);
});

test.skipIf(process.platform === 'win32')('its password can be read by this user alone', async () => {
  await up(definition, options);
  const file = join(options.stateDir, 'fake.json');
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(statSync(options.stateDir).mode & 0o077).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('FAKE_URL');
});

test('a state that cannot be read counts as none', async () => {
  await up(definition, options);
  const state = await readState(options.stateDir, 'fake');
  writeFileSync(join(options.stateDir, 'fake.json'), '{"half');
  await expect(status(options.stateDir)).resolves.toEqual([]);
  writeFileSync(join(options.stateDir, 'fake.json'), JSON.stringify(state));
  expect(existsSync(state?.folder ?? '')).toBe(true);
});

async function ownerOfKept() {
  const state = await readState(options.stateDir, 'fake');
  const { reaper = 0, server = 0 } = (await readOwner(state?.folder ?? '')) ?? {};
  return { reaper, server };
}
