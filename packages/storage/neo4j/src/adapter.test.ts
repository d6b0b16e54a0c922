import { inspect } from 'node:util';
import type { AdapterOptions, StorageError } from '@drydock/storage';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNeo4jAdapter, type Neo4jAdapter } from './adapter.js';
import type { Neo4jConfig } from './config.js';
import type { GraphRecord } from './record.js';
import { MemoryNeo4j } from './testing/index.js';

const PASSWORD = 'canary-password-77c2';
const PAYLOAD = 'canary-payload-18ab';

let server: MemoryNeo4j;
const adapters: Neo4jAdapter[] = [];

beforeEach(() => {
  server = new MemoryNeo4j({ password: PASSWORD });
});

afterEach(async () => {
  await Promise.all(adapters.splice(0).map((adapter) => adapter.disconnect()));
  expect(server.connections).toBe(0);
});

function make(more: Partial<Neo4jConfig> & AdapterOptions = {}): Neo4jAdapter {
  const adapter = createNeo4jAdapter({
    url: `bolt://${server.host}`,
    password: PASSWORD,
    driver: { stream: server.stream },
    namespace: 'App',
    labels: ['Person', 'Company'],
    types: ['KNOWS', 'LIKES'],
    indexes: { Person: ['name'] },
    ...more,
  });
  adapters.push(adapter);
  return adapter;
}

async function connected(more: Partial<Neo4jConfig> & AdapterOptions = {}): Promise<Neo4jAdapter> {
  const adapter = make(more);
  await adapter.connect();
  return adapter;
}

const person = (id: string, text = ''): GraphRecord => ({ id, label: 'Person', properties: { text } });
const people = (count: number): GraphRecord[] => Array.from({ length: count }, (_, n) => person(`p${n}`));
const rejection = (promise: Promise<unknown>): Promise<StorageError> =>
  promise.then(
    () => expect.fail('it should have rejected'),
    (error) => error,
  );

/** Requests that the server saw, beside those that the adapter counted. */
async function requests(adapter: Neo4jAdapter, action: () => Promise<unknown>): Promise<[number, number]> {
  const counted = () =>
    Object.values(adapter.getMetrics().operations).reduce((sum, { roundTrips }) => sum + roundTrips, 0);
  const [seen, known] = [server.requests, counted()];
  await action();
  const { run, reset, route } = server.requests;
  return [run - seen.run + reset - seen.reset + route - seen.route, counted() - known];
}

describe('round trips', () => {
  test('of single calls', async () => {
    const adapter = await connected();
    const calls: (() => Promise<unknown>)[] = [
      () => adapter.store(person('a')),
      () => adapter.store({ id: 'aa', type: 'KNOWS', from: 'a', to: 'a', properties: {} }),
      () => adapter.retrieve('a'),
      () => adapter.search({ find: 'entities' }),
      () => adapter.search({ find: 'neighbours', of: 'a', depth: 3 }),
      () => adapter.search({ find: 'path', from: 'a', to: 'b' }),
      () => adapter.search({ find: 'path', from: 'a', to: 'a' }),
      () => adapter.delete('a'),
      () => adapter.healthCheck(),
    ];
    for (const call of calls) await expect(requests(adapter, call)).resolves.toEqual([1, 1]);
  });

  test('of batches: one a chunk and kind, whatever the labels and types', async () => {
    const adapter = await connected();
    const entities = people(1_000).map((record, n) => (n % 2 ? record : { ...record, label: 'Company' }));
    const edges = people(500).map((_, n) => ({
      id: `e${n}`,
      type: n % 2 ? 'KNOWS' : 'LIKES',
      from: 'p0',
      to: `p${n}`,
      properties: {},
    }));
    const ids = [...entities, ...edges].map(({ id }) => id ?? '');
    await expect(requests(adapter, () => adapter.storeBatch(entities as GraphRecord[]))).resolves.toEqual([
      1, 1,
    ]);
    await expect(requests(adapter, () => adapter.storeBatch([...edges, person('q')]))).resolves.toEqual([
      2, 2,
    ]);
    await expect(requests(adapter, () => adapter.storeBatch(people(1_001)))).resolves.toEqual([2, 2]);
    await expect(requests(adapter, () => adapter.retrieveBatch(ids))).resolves.toEqual([2, 2]);
    await expect(requests(adapter, () => adapter.deleteBatch(ids.slice(0, 1_000)))).resolves.toEqual([1, 1]);
  });

  test('of connect: one to look, and one for each constraint or index that is missing', async () => {
    const first = make();
    await expect(requests(first, () => first.connect())).resolves.toEqual([5, 5]);
    const second = make();
    await expect(requests(second, () => second.connect())).resolves.toEqual([1, 1]);
  });

  test('of routing: one for the table, which the calls after it share', async () => {
    await connected();
    const adapter = make({ url: `neo4j://${server.host}` });
    await expect(requests(adapter, () => adapter.connect())).resolves.toEqual([2, 1]);
    await expect(requests(adapter, () => adapter.store(person('a')))).resolves.toEqual([1, 1]);
    await expect(requests(adapter, () => adapter.retrieve('a'))).resolves.toEqual([1, 1]);
  });
});

describe('connect', () => {
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
      const error = await rejection(make({ ...wrong, url: `${scheme}://${server.host}` }).connect());
      expect(error).toMatchObject({ ...expected, retriable: false, attempts: 1 });
    }
  });

  test('to something that speaks HTTP says so', async () => {
    server.refuse({ kind: 'babble', bytes: 'HTTP/1.1 400 Bad Request\r\n\r\n' });
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

describe('a statement', () => {
  test('refused for a moment is tried again; a deadlock does no harm', async () => {
    const adapter = await connected({ retry: { maxAttempts: 3, baseDelayMs: 1 } });
    server.fail('MERGE', { code: 'Neo.TransientError.Transaction.DeadlockDetected', message: PAYLOAD }, 2);
    await adapter.store(person('a'));
    expect(adapter.getMetrics().operations.store).toMatchObject({ attempts: 3, retries: 2, roundTrips: 3 });
  });

  test('that the server calls idempotent is tried again by the contract alone, never by the driver', async () => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    const message = PAYLOAD;
    server.fail('MERGE', {
      code: 'Neo.TransientError.Transaction.DeadlockDetected',
      message,
      idempotent: true,
    });
    expect(await rejection(adapter.store(person('a')))).toMatchObject({ retriable: true, attempts: 1 });
  });

  test('refused for one record of many is halved until that one is found', async () => {
    const adapter = await connected();
    server.fail('MERGE', { code: 'Neo.ClientError.Schema.ConstraintValidationFailed', message: PAYLOAD }, 3);
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
    const reached = server.hold('MERGE');
    const pending = rejection(adapter.store(person('a'), { signal: caller.signal }));
    await reached;
    caller.abort();
    expect(await pending).toMatchObject({ kind: 'aborted', outcome: 'unknown' });
    await vi.waitFor(() => expect(server.requests.reset).toBe(1));
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
    const reached = server.hold('MERGE');
    const held = rejection(adapter.store(person('a'), { timeoutMs: 500 }));
    await reached;
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

describe('secrets and payloads', () => {
  test.each<[string, () => void]>([
    [
      'a syntax error',
      () => server.fail('MERGE', { code: 'Neo.ClientError.Statement.SyntaxError', message: PAYLOAD }),
    ],
    [
      'a constraint',
      () =>
        server.fail('MERGE', { code: 'Neo.ClientError.Schema.ConstraintValidationFailed', message: PAYLOAD }),
    ],
    [
      'a broken server',
      () => server.fail('MERGE', { code: 'Neo.DatabaseError.General.UnknownError', message: PAYLOAD }),
    ],
    ['a lost connection', () => server.drop('MERGE', 'before')],
    ['an odd code', () => server.fail('MERGE', { code: `odd ${PAYLOAD}`, message: PAYLOAD })],
  ])('do not show after %s', async (_, plant) => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    plant();
    const error = await rejection(adapter.store(person('a', PAYLOAD)));
    const options = { depth: Number.POSITIVE_INFINITY, showHidden: true };
    const seen = [error, adapter, adapter.getMetrics(), await adapter.healthCheck()].flatMap((value) => [
      inspect(value, options),
      inspect(value, { ...options, customInspect: false, getters: true }),
      JSON.stringify(value),
      value instanceof Error ? `${value.stack}` : '',
    ]);
    expect(seen.join('\n')).not.toMatch(new RegExp(`${PAYLOAD}|${PASSWORD}`));
  });
});
