import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ServiceError } from '../service-error.js';
import { fakeDefinition } from '../testing/definition.fixture.js';
import { CrashableServer, faultRig, Toxiproxy } from './index.js';

const START_MS = 300_000;

/** Answers every byte with the same byte. */
const ECHOES = (port: number) =>
  `require('node:net').createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(${port}, '127.0.0.1')`;

const definition = fakeDefinition({
  launchers: [
    {
      provenance: 'local binary',
      prepare: async ({ port }) => ({ file: process.execPath, args: ['-e', ECHOES(port)] }),
    },
  ],
  async probe({ FAKE_URL = '' }, timeoutMs) {
    await echo(new URL(FAKE_URL), timeoutMs);
    return { version: '1.2.3' };
  },
});

// The servers are this file's own, on ports that nobody knows before.
const network = { allow: ['127.0.0.1'], loopbackServers: true };

describe('a server made to fail', { meta: { network } as object }, () => {
  const open: { stop(): Promise<void> }[] = [];
  const keep = <T extends { stop(): Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.stop()));
  });

  const startServer = async () => keep(await CrashableServer.start(definition, { password: 'chosen' }));
  const addressOf = ({ variables }: Pick<CrashableServer, 'variables'>) => new URL(variables.FAKE_URL ?? '');

  test('has the password that it was given', async () => {
    expect(addressOf(await startServer()).password).toBe('chosen');
  });

  test('is gone after kill and after end, and back after start', async () => {
    const server = await startServer();
    for (const leave of [() => server.kill(), () => server.end()]) {
      await leave();
      await expect(echo(addressOf(server), 1_000)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await server.start();
      await echo(addressOf(server), 5_000);
    }
  });

  test('says nothing while it is frozen', async () => {
    const server = await startServer();
    await server.freeze();
    await expect(echo(addressOf(server), 200)).rejects.toMatchObject({ name: 'AbortError' });
    await server.thaw();
    await echo(addressOf(server), 5_000);
  });

  test('that cannot be started is unavailable, with the reason', async () => {
    const broken = { ...definition, launchers: [] };
    await expect(CrashableServer.start(broken)).rejects.toMatchObject({
      kind: 'unavailable',
      backend: 'fake',
    });
  });

  test('is disturbed by a proxy, and no longer once that is restored', {
    timeout: START_MS,
  }, async (context) => {
    const server = await startServer();
    const env = { FAKE_URL: server.variables.FAKE_URL };
    const opening = faultRig(definition, { env }).openProxy();
    const proxy = await opening.catch((error: unknown) => {
      if (ServiceError.isInstance(error)) context.skip(`unavailable: ${error.message}. ${error.remedy}`);
      throw error;
    });
    keep({ stop: () => proxy.close() });
    const through = addressOf(proxy);
    expect(through).toMatchObject({ password: 'chosen' });
    expect(through.port).not.toBe(addressOf(server).port);
    await echo(through, 5_000);
    await proxy.add({ type: 'timeout', attributes: { timeout: 0 } });
    await expect(echo(through, 200)).rejects.toMatchObject({ name: 'AbortError' });
    await proxy.restore();
    await echo(through, 5_000);
    await proxy.cut();
    await expect(echo(through, 1_000)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.restore();
    await echo(through, 5_000);
  });

  test('two proxies do not meet, and leave no folder', { timeout: START_MS }, async (context) => {
    const starting = Promise.all([Toxiproxy.start(), Toxiproxy.start()]);
    const both = await starting.catch((error: unknown) => {
      if (ServiceError.isInstance(error)) context.skip(`unavailable: ${error.message}. ${error.remedy}`);
      throw error;
    });
    const folders = both.map(({ folder }) => folder ?? '');
    expect(new Set(folders).size).toBe(2);
    await Promise.all(both.map((one) => one.stop()));
    expect(folders.map(existsSync)).toEqual([false, false]);
  });
});

async function echo({ hostname, port }: URL, timeoutMs: number): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect', { signal });
    socket.write('x');
    await once(socket, 'data', { signal });
  } finally {
    socket.destroy();
  }
}
