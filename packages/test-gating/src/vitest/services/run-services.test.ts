import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { RunServices } from './run-services.js';

let root: string | undefined;
afterEach(() => {
  vi.unstubAllEnvs();
  if (root) rmSync(root, { recursive: true });
});

async function opened(manifest: object, needs: string[], variable?: string) {
  root = mkdtempSync(join(tmpdir(), 'drydock-needs-'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'x', ...manifest }));
  if (variable) vi.stubEnv(variable, 'redis://127.0.0.1:1');
  const services = new RunServices(root, root);
  await services.open(needs, 'lan', 'x');
  return services;
}

const OWN = { drydock: { backend: 'mysql', variables: { DB_ADDRESS: { kind: 'url' } } } };

it.each([
  ['a need whose address is set', {}, ['redis'], 'REDIS_URL'],
  ['a backend of its own whose address is set', { drydock: { backend: 'mysql' } }, ['mysql'], 'MYSQL_URL'],
  ['a backend whose own variable is set', OWN, ['mysql'], 'DB_ADDRESS'],
])('%s, without a definition, fails the run', async (_, manifest, needs, variable) => {
  const { failures, unavailable } = await opened(manifest, needs, variable);
  expect(unavailable).toHaveLength(1);
  expect(failures).toEqual([
    expect.objectContaining({
      status: 'failed',
      failure: expect.objectContaining({
        class: 'harness',
        subclass: 'no-definition',
        evidence: `${variable} is set, but no installed package defines the service '${needs[0]}'`,
      }),
    }),
  ]);
});

it('a need that nobody configured is unavailable', async () => {
  vi.stubEnv('REDIS_URL', '');
  const { failures, services } = await opened({}, ['redis']);
  expect(failures).toEqual([]);
  expect(services).toMatchObject([{ backend: 'redis', status: 'unavailable' }]);
});

const SERVICE = `export const service = {
  backend: 'parrot',
  endpoint: 'PARROT_URL',
  container: { port: 1 },
  launchers: [{ provenance: 'embedded package', prepare: async () => undefined }],
  variables: ({ host, port, password }) => ({ PARROT_URL: 'http://' + host + ':' + port, PARROT_KEY: password }),
  probe: async () => ({ version: '1' }),
  remedy: 'Fetch a parrot.',
};`;
const PROVIDER = {
  name: 'x',
  type: 'module',
  drydock: {
    provider: 'parrot',
    service: './service.js',
    probe: { url: 'https://parrot.test/models', key: 'PARROT_KEY', header: 'authorization' },
    variables: { PARROT_URL: { kind: 'url' }, PARROT_KEY: { kind: 'secret' } },
  },
};

it.each([
  ['is not looked for where nobody asks for it', {}, 'PARROT_KEY not set', 'Set PARROT_KEY.'],
  [
    'is unavailable where it cannot be started',
    { DRYDOCK_LOCAL_MODEL: '1' },
    expect.stringContaining('PARROT_URL not set, '),
    'Fetch a parrot.',
  ],
])('a local model %s', async (_, env: Record<string, string>, reason, remedy) => {
  root = mkdtempSync(join(tmpdir(), 'drydock-model-'));
  writeFileSync(join(root, 'package.json'), JSON.stringify(PROVIDER));
  writeFileSync(join(root, 'service.js'), SERVICE);
  vi.stubEnv('PARROT_URL', undefined);
  vi.stubEnv('DRYDOCK_LOCAL_MODEL', undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const run = new RunServices(root, root);
  await run.open(['parrot'], 'public', 'x');
  expect(run.services).toEqual([{ backend: 'parrot', status: 'unavailable', reason, remedy }]);
  expect(run.unavailable).toEqual([{ backend: 'parrot', scope: 'public', reason }]);
  expect(run.failures).toEqual([]);
});

it('a local model that is asked for goes before a key, and points the tests at itself', async () => {
  root = mkdtempSync(join(tmpdir(), 'drydock-model-'));
  writeFileSync(join(root, 'package.json'), JSON.stringify(PROVIDER));
  writeFileSync(join(root, 'service.js'), SERVICE);
  // One that somebody configured stands for one that was started.
  vi.stubEnv('PARROT_URL', 'http://127.0.0.1:4321');
  vi.stubEnv('PARROT_KEY', 'a-key');
  vi.stubEnv('DRYDOCK_LOCAL_MODEL', '1');
  const run = new RunServices(root, root);
  await run.open(['parrot'], 'public', 'x');
  expect(run.services).toEqual([
    { backend: 'parrot', status: 'available', version: '1', provenance: 'process environment' },
  ]);
  expect(run.endpoints).toEqual(['127.0.0.1:4321']);
});
