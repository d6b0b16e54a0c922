import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackageRequest, ServiceCommand, ServiceContext } from '@drydock/storage/service';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { service } from './service.js';

const packageJson = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
const [embeddedPackage] = service.launchers;
const PASSWORD = 'hunter2-hunter2';

let context: ServiceContext;

beforeEach(() => {
  context = {
    dataDir: mkdtempSync(join(tmpdir(), 'neo4j-service-')),
    port: 7001,
    freePort: async () => expect.fail('one port is enough'),
    password: PASSWORD,
    which: vi.fn(async (..._names: string[]) => '/usr/bin/java' as string | undefined),
    fetchPackage: vi.fn(async (_: PackageRequest) => '/cache/jars'),
    run: vi.fn(async (_: ServiceCommand) => 'openjdk 17.0.15 2025-04-15'),
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
  const variables = service.variables({ host: '127.0.0.1', port: 7001, password: 'p' });
  expect(variables).toEqual({
    NEO4J_BOLT: 'bolt://127.0.0.1:7001',
    NEO4J_USER: 'neo4j',
    NEO4J_PASSWORD: 'p',
  });
  expect(packageJson.drydock.variables.NEO4J_BOLT.protocols).toContain(
    new URL(variables.NEO4J_BOLT ?? '').protocol,
  );
});

test('the embedded server listens on loopback alone, for Bolt alone', async () => {
  const command = await embeddedPackage?.prepare(context);
  const conf = join(context.dataDir, 'conf');
  expect(command?.file).toBe('/usr/bin/java');
  expect(command?.args.slice(-5)).toEqual([
    '-cp',
    join('/cache/jars', '*'),
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${context.dataDir}`,
    `--config-dir=${conf}`,
  ]);
  const lines = readFileSync(join(conf, 'neo4j.conf'), 'utf8').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'server.bolt.listen_address=127.0.0.1:7001',
      'server.http.enabled=false',
      'dbms.usage_report.enabled=false',
    ]),
  );
});

test('the whole collection of files is pinned', async () => {
  await embeddedPackage?.prepare(context);
  expect(context.fetchPackage).toHaveBeenCalledWith({
    registry: 'maven',
    name: 'org.neo4j:neo4j',
    version: '5.26.0',
    integrity: [expect.stringMatching(/^sha256:[0-9a-f]{64}$/)],
  });
});

test('the password is known to the server beforehand, and stands nowhere in the clear', async () => {
  const command = await embeddedPackage?.prepare(context);
  const file = join(context.dataDir, 'data', 'dbms', 'auth.ini');
  const content = readFileSync(file, 'utf8');
  const [, digest = '', salt = ''] = /^neo4j:SHA-256,(\w+),(\w+),1024:\n$/.exec(content) ?? [];
  let expected = createHash('sha256').update(Buffer.from(salt, 'hex')).update(PASSWORD).digest();
  for (let round = 1; round < 1024; round += 1) expected = createHash('sha256').update(expected).digest();
  expect(digest).toBe(expected.toString('hex'));
  expect([content, ...(command?.args ?? [])].join()).not.toContain(PASSWORD);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
});

test('no Java is not a fault, an old one is', async () => {
  vi.mocked(context.which).mockResolvedValueOnce(undefined);
  await expect(embeddedPackage?.prepare(context)).resolves.toBeUndefined();
  vi.mocked(context.run).mockResolvedValueOnce('openjdk 11.0.2 2019-01-15');
  await expect(embeddedPackage?.prepare(context)).rejects.toThrow(
    'needs Java 17 or later, and this is Java 11',
  );
  expect(context.fetchPackage).not.toHaveBeenCalled();
});

test('a probe whose address is none has a code and no secret', async () => {
  const error = await service
    .probe({ NEO4J_BOLT: `http://${PASSWORD}:1`, NEO4J_PASSWORD: PASSWORD }, 1_000)
    .catch((reason: Error & { code?: string }) => reason);
  expect(error).toMatchObject({ code: 'ERR_INVALID_URL' });
  expect(JSON.stringify([error, (error as Error).message])).not.toContain(PASSWORD);
});
