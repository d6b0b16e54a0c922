import { Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { connected, manageServer, plain, server } from './cases/offline.fixture.js';

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
