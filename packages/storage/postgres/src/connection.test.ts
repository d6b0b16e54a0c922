import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { connected, manageServer, noSessions, server, WRITE } from './cases/offline.fixture.js';

const ONCE = { retry: { maxAttempts: 1 } };

manageServer();

describe('a connection', () => {
  test('survives an error of the statement, and is named for later calls', async () => {
    const adapter = await connected({ maxConnections: 1 });
    const before = server.connectionsMade;
    for (const code of ['23505', '22P02', '40001', '53100']) {
      server.answer(WRITE, { code, message: 'planted', detail: 'canary', where: 'canary' });
      const error = await adapter.store({ n: 1 }, { timeoutMs: 4_999 }).catch((reason) => reason);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/planted|canary/);
      await adapter.store({ n: 1 });
    }
    expect(server.connectionsMade).toBe(before);
  });

  test('is replaced after an error that ends it', async () => {
    const adapter = await connected({ maxConnections: 1 });
    const before = server.connectionsMade;
    server.answer(WRITE, { severity: 'FATAL', code: '57P01', message: 'planted' });
    await adapter.store({ n: 1 });
    expect(adapter.getMetrics().operations.store).toMatchObject({ attempts: 2, retries: 1 });
    expect(server.connectionsMade).toBe(before + 1);
  });

  test('that is lost while idle harms nobody', async () => {
    const adapter = await connected(ONCE);
    server.terminateAll();
    await noSessions();
    await expect(adapter.retrieve('none')).resolves.toBeNull();
  });

  test('that is lost while in use fails its call and nothing else', async () => {
    const adapter = await connected(ONCE);
    const held = server.hold(WRITE);
    const storing = expect(adapter.store({ n: 1 })).rejects.toMatchObject({
      name: 'StorageConnectionError',
      code: '57P01',
      outcome: 'unknown',
    });
    await held.reached;
    server.terminateAll();
    await storing;
    held.release();
    await expect(adapter.store({ n: 2 })).resolves.toBeTypeOf('string');
  });

  test('is waited for no longer than connectTimeoutMs, and nothing was sent then', async () => {
    const adapter = await connected({ ...ONCE, maxConnections: 1, connectTimeoutMs: 500 });
    const held = server.hold(WRITE);
    const storing = adapter.store({ n: 1 });
    await held.reached;
    await expect(adapter.retrieve('a')).rejects.toMatchObject({
      name: 'StorageTimeoutError',
      outcome: 'not_sent',
      retriable: true,
      detail: expect.stringContaining('maxConnections'),
    });
    held.release();
    await storing;
  });

  test('that came too late for its caller goes back to the pool', async () => {
    const adapter = await connected({ maxConnections: 1 });
    const held = server.hold(WRITE);
    const storing = adapter.store({ n: 1 });
    await held.reached;
    const before = server.connectionsMade;
    await expect(adapter.retrieve('a', { timeoutMs: 20 })).rejects.toMatchObject({ outcome: 'not_sent' });
    held.release();
    await storing;
    await expect(adapter.retrieve('a')).resolves.toBeNull();
    expect(server.connectionsMade).toBe(before);
  });

  test('to a server without TLS is refused when TLS is asked for', async () => {
    await expect(connected({ tls: true })).rejects.toMatchObject({
      name: 'StorageConnectionError',
      retriable: false,
      attempts: 1,
      detail: expect.stringContaining('TLS'),
    });
  });
});

test('a connect that is given up leaves nothing open', async () => {
  server.silence();
  await expect(connected({ timeoutMs: 50 })).rejects.toMatchObject({
    name: 'StorageTimeoutError',
    outcome: 'not_sent',
  });
  await noSessions();
});

describe('a statement that takes too long', () => {
  test('is cancelled on the server when its caller aborts, and its connection is dropped', async () => {
    const adapter = await connected({ maxConnections: 1 });
    const before = server.connectionsMade;
    const held = server.hold(WRITE);
    const caller = new AbortController();
    const storing = expect(adapter.store({ n: 1 }, { signal: caller.signal })).rejects.toMatchObject({
      name: 'StorageAbortedError',
      outcome: 'unknown',
    });
    await held.reached;
    caller.abort();
    await storing;
    // Nobody releases it: only a cancelled statement lets its session end.
    await noSessions();
    expect(server.connectionsMade).toBe(before + 1);
    await expect(adapter.retrieve('a')).resolves.toBeNull();
  });

  test('is ended by the server shortly before the deadline, so that its fate is known', async () => {
    const adapter = await connected({ ...ONCE, timeoutMs: 1_000 });
    const before = server.connectionsMade;
    server.hold(WRITE);
    await expect(adapter.store({ n: 1 })).rejects.toMatchObject({
      name: 'StorageTimeoutError',
      code: '57014',
      outcome: 'rejected',
    });
    expect(server.connectionsMade).toBe(before);
  });

  test('gets as long as its own call allows, for one more round trip once', async () => {
    const adapter = await connected({ timeoutMs: 100, maxConnections: 1 });
    const trips = () => adapter.getMetrics().operations.store?.roundTrips;
    const held = server.hold(WRITE);
    const storing = adapter.store({ n: 1 }, { timeoutMs: 5_000 });
    await held.reached;
    await new Promise((resolve) => setTimeout(resolve, 150));
    held.release();
    await storing;
    expect(trips()).toBe(2);
    await adapter.store({ n: 1 }, { timeoutMs: 5_000 });
    expect(trips()).toBe(3);
  });

  test('does not hold up disconnect beyond its deadline', async () => {
    const adapter = await connected();
    const held = server.hold(WRITE);
    const storing = expect(adapter.store({ n: 1 })).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await held.reached;
    const started = performance.now();
    await adapter.disconnect({ timeoutMs: 50 });
    expect(performance.now() - started).toBeLessThan(300);
    await storing;
    held.release();
  });
});
