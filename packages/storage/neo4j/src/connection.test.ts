import { rejection } from '@drydock/storage/conformance';
import { describe, expect, test, vi } from 'vitest';
import { connected, make, manageServer, PAYLOAD, people, person, server } from './cases/offline.fixture.js';
import type { Neo4jConfig } from './config.js';

manageServer();

describe('connect', () => {
  test('refuses a label that is the namespace of another adapter', async () => {
    await connected();
    const taken = make({ namespace: 'Other', labels: ['Person', 'App'] });
    expect(await rejection(taken.connect())).toMatchObject({ kind: 'query', code: 'LABEL_TAKEN' });
  });

  test('without migration says what is missing and creates nothing', async () => {
    const error = await rejection(make({ migrate: false }).connect());
    expect(error).toMatchObject({ kind: 'not_found', code: 'NOT_MIGRATED', retriable: false });
    await connected();
    await connected({ migrate: false });
  });

  test.each<[string, Partial<Neo4jConfig>, object]>([
    [
      'a wrong password',
      { password: 'wrong' },
      { code: 'Neo.ClientError.Security.Unauthorized', kind: 'connection' },
    ],
    [
      'a wrong user',
      { username: 'eve' },
      { code: 'Neo.ClientError.Security.Unauthorized', kind: 'connection' },
    ],
    [
      'an unknown database',
      { database: 'nope' },
      { code: 'Neo.ClientError.Database.DatabaseNotFound', kind: 'not_found' },
    ],
  ])('with %s fails at once, directly and through routing', async (_, wrong, expected) => {
    for (const scheme of ['bolt', 'neo4j']) {
      const error = await rejection(make({ ...wrong, url: `${scheme}://memory` }).connect());
      expect(error).toMatchObject({ ...expected, retriable: false, attempts: 1 });
    }
  });

  test('to something that speaks HTTP says so', async () => {
    server.answer('handshake', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const error = await rejection(make().connect());
    expect(error).toMatchObject({ kind: 'connection', retriable: false, code: 'NOT_BOLT' });
  });

  test('to a server that hangs in the handshake leaves no stream behind', async () => {
    server.silence();
    const adapter = make({ timeoutMs: 100 });
    expect(await rejection(adapter.connect())).toMatchObject({ kind: 'timeout', outcome: 'not_sent' });
    await vi.waitFor(() => expect(server.connections).toBe(0), { timeout: 500, interval: 5 });
  });
});

describe('a server that is not the leader any more', () => {
  test.each([
    'Neo.ClientError.Cluster.NotALeader',
    'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase',
    'Neo.TransientError.General.DatabaseUnavailable',
  ])('is left for a new connection after %s', async (code) => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    const before = server.connectionsMade;
    server.answer('MERGE', { code, message: PAYLOAD });
    expect(await rejection(adapter.store(person('a')))).toMatchObject({ code, kind: 'connection' });
    await adapter.store(person('b'));
    expect(server.connectionsMade).toBe(before + 1);
    await vi.waitFor(() => expect(server.connections).toBe(1));
  });
});

describe('a statement', () => {
  test('refused for a moment is tried again; a deadlock does no harm', async () => {
    const adapter = await connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
    server.answer('MERGE', { code: 'Neo.TransientError.Transaction.DeadlockDetected', message: PAYLOAD }, 2);
    await adapter.store(person('a'));
    expect(adapter.getMetrics().operations.store).toMatchObject({ attempts: 3, retries: 2, roundTrips: 3 });
  });

  test('that the server calls idempotent is tried again by the contract alone, never by the driver', async () => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    const message = PAYLOAD;
    server.answer('MERGE', {
      code: 'Neo.TransientError.Transaction.DeadlockDetected',
      message,
      idempotent: true,
    });
    expect(await rejection(adapter.store(person('a')))).toMatchObject({ retriable: true, attempts: 1 });
  });

  test('refused for one record of many is halved until that one is found', async () => {
    const adapter = await connected();
    server.answer(
      'MERGE',
      { code: 'Neo.ClientError.Schema.ConstraintValidationFailed', message: PAYLOAD },
      3,
    );
    const error = await rejection(adapter.storeBatch(people(4)));
    expect(error).toMatchObject({ kind: 'data', failures: [{ index: 0, id: 'p0', outcome: 'rejected' }] });
    await expect(adapter.retrieveBatch(['p0', 'p1', 'p3'])).resolves.toMatchObject([
      null,
      { id: 'p1' },
      { id: 'p3' },
    ]);
  });

  test('given up is stopped on the server, and its connection is used again', async () => {
    const adapter = await connected();
    const caller = new AbortController();
    const [merge, reset] = [server.hold('MERGE'), server.hold('RESET')];
    const pending = rejection(adapter.store(person('a'), { signal: caller.signal }));
    await merge.reached;
    caller.abort();
    expect(await pending).toMatchObject({ kind: 'aborted', outcome: 'unknown' });
    await reset.reached;
    reset.release();
    await adapter.store(person('b'));
    expect(server.connections).toBe(1);
  });

  test('given up on a server that stays silent costs that connection and no call after it', async () => {
    const adapter = await connected();
    server.silence();
    await rejection(adapter.store(person('a'), { timeoutMs: 50 }));
    server.recover();
    await adapter.store(person('b'));
    expect(server.connections).toBe(2);
    await vi.waitFor(() => expect(server.connections).toBe(0), { timeout: 5_000 });
    await expect(adapter.retrieve('b')).resolves.toEqual(person('b'));
  });

  test('that found no connection free was not sent', async () => {
    const adapter = await connected({ maxConnections: 1, connectTimeoutMs: 50, retry: { maxAttempts: 1 } });
    const merge = server.hold('MERGE');
    const held = rejection(adapter.store(person('a'), { timeoutMs: 500 }));
    await merge.reached;
    const error = await rejection(adapter.store(person('b')));
    expect(error).toMatchObject({
      kind: 'timeout',
      outcome: 'not_sent',
      code: 'ACQUISITION_TIMEOUT',
      retriable: true,
    });
    await held;
  });
});
