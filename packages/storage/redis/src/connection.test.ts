import { Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { connected, make, manageServer, plain, server } from './cases/offline.fixture.js';

manageServer();

describe('a lost connection', () => {
  test('fails calls with the reason why it does not come back', async () => {
    await server.refuse();
    await vi.waitFor(async () => {
      const error = await plain.retrieve('a').catch((reason) => reason);
      expect(error).toMatchObject({
        name: 'StorageConnectionError',
        code: 'ECONNREFUSED',
        outcome: 'not_sent',
      });
    });
  });
});

const READONLY = "READONLY You can't write against a read only replica.";

describe('a database', () => {
  test('is the one that the URL names', async () => {
    const adapter = await connected({ url: `${server.config.url}/3` });
    await adapter.store({ id: 'a' });
    expect([server.keysOf(0), server.keysOf(3)]).toEqual([[], ['drydock:r:a']]);
  });

  test('that the server refuses rejects `connect`, and nothing lands in another', async () => {
    const adapter = make({ url: `${server.config.url}/99` });
    const error = await adapter.connect().catch((reason) => reason);
    expect(error).toMatchObject({ name: 'StorageConnectionError', code: 'SELECT_REFUSED', retriable: false });
    await expect(adapter.store({ id: 'a' })).rejects.toMatchObject({ name: 'StorageConnectionError' });
    expect(server.keysOf(0)).toEqual([]);
  });

  test('that the server refuses to a later connection is not served from another', async () => {
    const adapter = await connected({ url: `${server.config.url}/3`, retry: { maxAttempts: 1 } });
    server.answer('select 3', 'NOPERM no permissions');
    server.answer('mget', READONLY);
    await adapter.retrieveBatch(['a', 'b']).catch(() => {});
    const refused = await adapter.store({ id: 'a' }).catch((reason) => reason);
    expect(refused).toMatchObject({ code: 'SELECT_REFUSED', outcome: 'not_sent' });
    await vi.waitFor(() => adapter.store({ id: 'b' }));
    expect([server.keysOf(0), server.keysOf(3)]).toEqual([[], ['drydock:r:b']]);
  });
});

describe('a server that has another role now', () => {
  test.each([
    READONLY,
    'LOADING Redis is loading the dataset in memory',
    'MASTERDOWN Link with MASTER is down',
    'CLUSTERDOWN The cluster is down',
    'MOVED 1 127.0.0.1:7001',
  ])('is left for a new connection after %s', async (reply) => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    const before = server.connectionsMade;
    server.answer('set drydock:r:a', reply);
    const error = await adapter.store({ id: 'a' }).catch((reason) => reason);
    expect(error).toMatchObject({ code: reply.split(' ')[0], outcome: 'rejected' });
    await adapter.store({ id: 'b' });
    expect(server.connectionsMade).toBe(before + 1);
  });

  test('is also left where the caller’s own `reconnectOnError` says so', async () => {
    const driver = { ...server.driver, reconnectOnError: ({ message }: Error) => /^BUSY/.test(message) };
    const adapter = await connected({ driver });
    const before = server.connectionsMade;
    server.answer('set drydock:r:a', 'BUSY Redis is busy running a script');
    await adapter.store({ id: 'a' });
    expect(server.connectionsMade).toBe(before + 1);
  });
});

describe('a connection that has gone silent', () => {
  test('is closed and opened again, so that one dead connection does not fail every call', async () => {
    const adapter = await connected({ silenceTimeoutMs: 50, retry: { maxAttempts: 1 } });
    server.silence();
    const unanswered = await adapter.store({ id: 'a' }, { timeoutMs: 1_000 }).catch((reason) => reason);
    expect(unanswered).toMatchObject({ name: 'StorageConnectionError', outcome: 'unknown', retriable: true });
    const meanwhile = await adapter.store({ id: 'a' }).catch((reason) => reason);
    expect(meanwhile).toMatchObject({ name: 'StorageConnectionError', outcome: 'not_sent', code: 'SILENT' });
    server.recover();
    await vi.waitFor(() => adapter.store({ id: 'a' }));
  });
});

describe('offline', () => {
  test('no socket is touched', async () => {
    const connect = vi.spyOn(Socket.prototype, 'connect');
    await plain.store({ id: 'a' });
    await plain.disconnect();
    await plain.connect();
    await expect(plain.retrieve('a')).resolves.toEqual({ id: 'a' });
    expect(connect).not.toHaveBeenCalled();
    connect.mockRestore();
  });
});
