import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ServiceDefinition } from '@drydock/storage/service';
import { afterAll, afterEach, beforeAll, describe, expect, type TestContext, test, vi } from 'vitest';
import { acquire } from './acquire.js';
import type { AcquiredService } from './acquired-service.js';
import { discoverServices } from './discover.js';
import { ServiceError } from './service-error.js';
import { isAlive } from './testing/fake-server.fixture.js';
import { whereSaid } from './testing/say.fixture.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const WAYS = ['local binary', 'embedded package'] as const;
const FETCH_AND_START_MS = 120_000;

const cases = discoverServices(ROOT).flatMap((record) => WAYS.map((way) => ({ ...record, way })));

// The servers are this file's own, on ports that nobody knows before; one case looks from this machine's other addresses.
const network = { allow: ['*'], loopbackServers: true };

describe.each(cases)('$backend as $way', { meta: { network } as object }, ({ backend, way, load }) => {
  let definition: ServiceDefinition;
  let tempDir: string;
  const started: AcquiredService[] = [];

  beforeAll(async () => {
    tempDir = mkdtempSync(join(tmpdir(), 'services-test-'));
    // Root's servers may run as another user, who has to get in.
    chmodSync(tempDir, 0o755);
    definition = await load();
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((service) => service.stop()));
  });

  afterAll(() => rmSync(tempDir, { recursive: true, force: true }));

  /** Starts a server; where this machine has none of this kind, the test is skipped with that reason. */
  async function start(context: TestContext): Promise<AcquiredService> {
    const offered = definition.launchers.some((launcher) => launcher.provenance === way);
    if (!offered) context.skip(`${backend} has no ${way}`);
    try {
      const service = await acquire(definition, { env: {}, ways: [way], tempDir });
      started.push(service);
      return service;
    } catch (error) {
      const isAbsent =
        ServiceError.isInstance(error) && / on the PATH$|^no embedded package/.test(error.reason);
      if (isAbsent) context.skip(`unavailable: ${error.reason}`);
      throw error;
    }
  }

  const asConfigured = (variables: Readonly<Record<string, string>>) =>
    acquire(definition, { env: variables, ways: ['configured'] });

  test('answers with its version, and leaves nothing', { timeout: FETCH_AND_START_MS }, async (context) => {
    const service = await start(context);
    expect(service).toMatchObject({ provenance: way, host: '127.0.0.1' });
    // llama.cpp counts its builds.
    expect(service.version).toMatch(/^(?:\d+\.\d+|b\d+)/);
    await service.stop();
    expect(readdirSync(tempDir)).toEqual([]);
    await expect(asConfigured(service.variables)).rejects.toMatchObject({
      kind: 'configured-unreachable',
      code: 'ECONNREFUSED',
    });
  });

  test('lets nobody in without its password', { timeout: FETCH_AND_START_MS }, async (context) => {
    const { variables, host, port } = await start(context);
    await expect(asConfigured(variables)).resolves.toMatchObject({ provenance: 'process environment' });
    await expect(asConfigured(definition.variables({ host, port, password: 'wrong' }))).rejects.toMatchObject(
      {
        kind: 'configured-unreachable',
        // A refused login, not a network that failed.
        code: expect.not.stringMatching(/^E[A-Z]+$/),
      },
    );
  });

  test('listens on loopback alone', { timeout: FETCH_AND_START_MS }, async (context) => {
    const { port } = await start(context);
    const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address, family, internal } of outside) {
      if (!internal && family === 'IPv4') await expect(canConnect(address, port)).resolves.toBe(false);
    }
    await expect(canConnect('127.0.0.1', port)).resolves.toBe(true);
  });

  test('several at once do not meet', { timeout: FETCH_AND_START_MS }, async (context) => {
    const services = await Promise.all([start(context), start(context), start(context)]);
    expect(new Set(services.map((service) => service.port)).size).toBe(3);
    expect(new Set(services.map((service) => service.folder)).size).toBe(3);
    for (const { variables } of services) await expect(asConfigured(variables)).resolves.toBeDefined();
  });

  test('is gone when its owner is killed', { timeout: FETCH_AND_START_MS }, async (context) => {
    await (await start(context)).stop();
    const script = join(
      dirname(createRequire(import.meta.url).resolve('@drydock/services')),
      'testing',
      'acquirer.fixture.js',
    );
    const owner = spawn(process.execPath, [script, ROOT, backend, way, tempDir], { stdio: 'ignore' });
    const place = whereSaid(join(tempDir, 'acquirer'));
    const said = await vi.waitFor(() => readFileSync(place, 'utf8'), {
      timeout: FETCH_AND_START_MS,
      interval: 50,
    });
    const { reaper, server, folder } = JSON.parse(said);
    expect([reaper, server].map(isAlive)).toEqual([true, true]);
    owner.kill('SIGKILL');
    await vi.waitFor(
      () => {
        expect([reaper, server].map(isAlive)).toEqual([false, false]);
        expect(existsSync(folder)).toBe(false);
      },
      { timeout: 10_000, interval: 50 },
    );
  });
});

async function canConnect(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
