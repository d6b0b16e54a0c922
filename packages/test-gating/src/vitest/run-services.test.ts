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
