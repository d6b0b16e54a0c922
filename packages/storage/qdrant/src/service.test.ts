import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceContext } from '@drydock/storage/service';
import { afterEach, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { service } from './service.js';

const PASSWORD = 'canary-password';
const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

async function context(program: string | undefined): Promise<ServiceContext> {
  const dataDir = await mkdtemp(join(tmpdir(), 'drydock-qdrant-'));
  folders.push(dataDir);
  return {
    dataDir,
    port: 4321,
    freePort: async () => expect.fail('one port is enough'),
    password: PASSWORD,
    which: async (...names) => (names.includes('qdrant') ? program : undefined),
    fetchPackage: async () => expect.fail('no registry has it'),
    run: async () => expect.fail('there is nothing to prepare'),
  };
}

describe('the definition', () => {
  test('is the one that the manifest names', () => {
    expect(manifest.drydock.backend).toBe(service.backend);
    const address = { host: '127.0.0.1', port: 6333, password: 'x' };
    expect(Object.keys(service.variables(address))).toEqual(Object.keys(manifest.drydock.variables));
    expect(service.variables(address).QDRANT_URL).toBe(
      manifest.drydock.variables.QDRANT_URL.example.replace('localhost', '127.0.0.1'),
    );
  });

  test('is not available without a binary, and says how to get one', async () => {
    for (const launcher of service.launchers) {
      expect(await launcher.prepare(await context(undefined))).toBeUndefined();
    }
    expect(service.remedy).toMatch(/QDRANT_URL.*Docker.*`qdrant`.*PATH/);
  });

  test('starts a binary on loopback alone, with a key that no command line shows', async () => {
    const given = await context('/opt/qdrant');
    const command = await service.launchers[0]?.prepare(given);
    expect(command).toMatchObject({ file: '/opt/qdrant' });
    expect(JSON.stringify(command)).not.toContain(PASSWORD);
    const config = command?.args[1] as string;
    expect(JSON.parse(await readFile(config, 'utf8')).service).toEqual({
      host: '127.0.0.1',
      http_port: 4321,
      grpc_port: null,
      api_key: PASSWORD,
    });
    if (process.platform !== 'win32') expect((await stat(config)).mode & 0o777).toBe(0o600);
  });
});

describe('the probe', () => {
  test.each([
    ['no URL', {}, 'ERR_INVALID_URL'],
    ['a URL that is none', { QDRANT_URL: 'canary' }, 'ERR_INVALID_URL'],
  ])('refuses %s with a code and no secret', async (_, variables, code) => {
    const error = await service.probe(variables, 1_000).catch((reason) => reason);
    expect(error).toMatchObject({ code });
    expect(String(error.stack)).not.toContain('canary');
  });
});
