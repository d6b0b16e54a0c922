import { Socket } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRedisAdapter, type RedisAdapter } from './adapter.js';
import { FakeRedis } from './testing/index.js';

interface Turn {
  readonly id?: string;
  readonly session?: string;
  readonly at?: number;
  readonly text?: string;
}

let server: FakeRedis;
let grouped: RedisAdapter<Turn>;
let plain: RedisAdapter<Turn>;
let raw: Redis;

beforeEach(async () => {
  server = new FakeRedis();
  raw = new Redis({ ...server.config.driver, lazyConnect: true, protocol: 2 });
  raw.on('error', () => {});
  plain = createRedisAdapter<Turn>({ ...server.config, prefix: 'plain' });
  grouped = createRedisAdapter<Turn>({ ...server.config, prefix: 'chat', group: ({ session }) => session });
  await Promise.all([raw.connect(), plain.connect(), grouped.connect()]);
});

afterEach(async () => {
  raw.disconnect();
  await Promise.all([plain.disconnect(), grouped.disconnect()]);
  expect(server.connections).toBe(0);
});

/** Writes and commands that an action causes. */
async function traffic(action: () => Promise<unknown>): Promise<[writes: number, commands: number]> {
  const [writes, requests] = [server.writes, server.requests];
  await action();
  return [server.writes - writes, server.requests - requests];
}

const turns = (count: number): Turn[] =>
  Array.from({ length: count }, (_, at) => ({ id: `t${at}`, session: 's', at }));
const ids = (count: number): string[] => turns(count).map(({ id }) => id ?? '');

describe('round trips', () => {
  test('of single calls', async () => {
    await expect(traffic(() => plain.store({ id: 'a' }))).resolves.toEqual([1, 1]);
    await expect(traffic(() => plain.retrieve('a'))).resolves.toEqual([1, 1]);
    await expect(traffic(() => plain.delete('a'))).resolves.toEqual([1, 1]);
    await expect(traffic(() => plain.healthCheck())).resolves.toEqual([1, 1]);
  });

  test('of batches: one a chunk, however many records', async () => {
    await expect(traffic(() => plain.storeBatch(turns(1_000)))).resolves.toEqual([1, 1_000]);
    await expect(traffic(() => plain.retrieveBatch(ids(1_000)))).resolves.toEqual([1, 1]);
    await expect(traffic(() => plain.deleteBatch(ids(1_000)))).resolves.toEqual([1, 1]);
    await expect(traffic(() => plain.storeBatch(turns(1_001)))).resolves.toEqual([2, 1_001]);
  });

  test('of groups: the group’s own script beside the records', async () => {
    await expect(traffic(() => grouped.store({ id: 'a', session: 's' }))).resolves.toEqual([1, 2]);
    await expect(traffic(() => grouped.storeBatch(turns(10)))).resolves.toEqual([1, 11]);
    await expect(traffic(() => grouped.search({ group: 's' }))).resolves.toEqual([2, 2]);
    await expect(traffic(() => grouped.delete('a'))).resolves.toEqual([2, 3]);
    await expect(traffic(() => grouped.delete('a'))).resolves.toEqual([1, 1]);
  });

  test('of a refusal: one, without another attempt', async () => {
    await raw.zadd('plain:r:a', 1, 'x');
    await expect(traffic(() => plain.retrieve('a').catch(() => {}))).resolves.toEqual([1, 1]);
  });
});

describe('records in no group', () => {
  test('are deleted with the truth for each id', async () => {
    await plain.storeBatch([{ id: 'a' }, { id: 'b' }]);
    await expect(plain.delete('a')).resolves.toBe(true);
    await expect(plain.delete('a')).resolves.toBe(false);
    await expect(plain.deleteBatch(['a', 'b', 'c'])).resolves.toEqual(
      new Map([
        ['a', false],
        ['b', true],
        ['c', false],
      ]),
    );
    expect(server.keys).toEqual([]);
  });
});

describe('a lost connection', () => {
  test('is told with the reason why it does not come back', async () => {
    server.setFault('refuse');
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
    const adapter = createRedisAdapter<Turn>({
      ...server.config,
      silenceTimeoutMs: 50,
      retry: { maxAttempts: 1 },
    });
    await adapter.connect();
    server.setFault('silence');
    const unanswered = await adapter.store({ id: 'a' }, { timeoutMs: 1_000 }).catch((reason) => reason);
    expect(unanswered).toMatchObject({ name: 'StorageConnectionError', outcome: 'unknown', retriable: true });
    const meanwhile = await adapter.store({ id: 'a' }).catch((reason) => reason);
    expect(meanwhile).toMatchObject({ name: 'StorageConnectionError', outcome: 'not_sent', code: 'SILENT' });
    server.setFault(undefined);
    await vi.waitFor(() => adapter.store({ id: 'a' }));
    await adapter.disconnect();
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

describe('what others wrote', () => {
  test('another type under the key is a data error, which shows nothing of the driver’s', async () => {
    await raw.zadd('plain:r:a', 1, 'x');
    const error = await plain.retrieve('a').catch((reason) => reason);
    expect(error).toMatchObject({
      name: 'StorageDataError',
      code: 'WRONGTYPE',
      attempts: 1,
      outcome: 'rejected',
    });
    expect(error.cause).toBeUndefined();
    expect(error.command).toBeUndefined();
  });

  test.each(['no json canary', '[1]', 'null', '"text"', '{"id":"another"}'])(
    '%s is a data error',
    async (value) => {
      await raw.set('plain:r:a', value);
      const error = await plain.retrieve('a').catch((reason) => reason);
      expect(error).toMatchObject({ name: 'StorageDataError', code: 'CORRUPT_RECORD', ids: ['a'] });
      expect(error.message).not.toContain('canary');
    },
  );

  test('storing over it makes it a record', async () => {
    await raw.zadd('plain:r:a', 1, 'x');
    await plain.store({ id: 'a' });
    await expect(plain.retrieve('a')).resolves.toEqual({ id: 'a' });
  });
});

describe('keys', () => {
  test('are the prefix, the kind and the id or group as they are', async () => {
    await grouped.store({ id: 'a:b', session: 'x:y' });
    expect(server.keys.toSorted()).toEqual(['chat:g:x:y', 'chat:r:a:b']);
  });

  test('of one prefix are none of another that begins alike', async () => {
    const other = createRedisAdapter<Turn>({ ...server.config, prefix: 'plain:r' });
    await other.connect();
    await other.store({ id: 'a' });
    await expect(plain.retrieve('a')).resolves.toBeNull();
    await other.disconnect();
  });

  test('of a group go with its last record, and with the longest lifetime', async () => {
    await grouped.store({ id: 'a', session: 's' }, { ttlMs: 50_000 });
    await grouped.store({ id: 'b', session: 's' }, { ttlMs: 90_000 });
    await grouped.store({ id: 'c', session: 's' }, { ttlMs: 10_000 });
    expect(await raw.pttl('chat:g:s')).toBeGreaterThan(80_000);
    await grouped.store({ id: 'd', session: 's' });
    expect(await raw.pttl('chat:g:s')).toBe(-1);
    await grouped.store({ id: 'a', session: 's' }, { ttlMs: 50_000 });
    expect(await raw.pttl('chat:g:s')).toBe(-1);
    await grouped.deleteBatch(['a', 'b', 'c', 'd']);
    expect(server.keys).toEqual([]);
  });
});

describe('search', () => {
  test('without groups says what to configure', async () => {
    const error = await plain.search({ group: 's' }).catch((reason) => reason);
    expect(error).toMatchObject({
      name: 'StorageQueryError',
      code: 'NO_GROUPS',
      outcome: 'not_sent',
      attempts: 1,
    });
  });

  test.each([undefined, '', 1])('refuses the group %o', async (group) => {
    const error = await grouped.search({ group: group as string }).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'StorageQueryError', code: 'INVALID_GROUP' });
  });

  test('follows the given order, ids of one place by their bytes, page by page', async () => {
    const ordered = createRedisAdapter<Turn>({
      ...server.config,
      prefix: 'ordered',
      group: ({ session }) => session,
      order: ({ at = 0 }) => at,
    });
    await ordered.connect();
    const places: [string, number][] = [
      ['é', 1],
      ['z', 1],
      ['a', 1],
      ['b', 1],
      ['c', 1],
      ['low', -0.5],
      ['high', 1e18],
    ];
    await ordered.storeBatch(places.map(([id, at]) => ({ id, at, session: 's' })));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ordered.search({ group: 's', limit: 2, ...(cursor !== undefined && { cursor }) });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(['high', 'é', 'z', 'c', 'b', 'a', 'low']);
    await ordered.disconnect();
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 'x'])(
    'an order of %o is refused before any I/O',
    async (order) => {
      const adapter = createRedisAdapter<Turn>({
        ...server.config,
        group: () => 's',
        order: () => order as number,
      });
      await adapter.connect();
      const error = await adapter.store({ id: 'a' }).catch((reason) => reason);
      expect(error).toMatchObject({ name: 'StorageDataError', code: 'INVALID_ORDER', outcome: 'not_sent' });
      await adapter.disconnect();
    },
  );

  test('removes the names of records that are gone, once', async () => {
    await grouped.storeBatch(turns(5));
    await raw.unlink('chat:r:t1', 'chat:r:t3');
    expect((await grouped.search({ group: 's' })).items.map(({ id }) => id)).toEqual(['t4', 't2', 't0']);
    expect(await raw.zcard('chat:g:s')).toBe(3);
    await expect(traffic(() => grouped.search({ group: 's' }))).resolves.toEqual([2, 2]);
  });

  test('fills a page over many that are gone', async () => {
    await grouped.storeBatch(turns(60));
    await raw.unlink(
      ...ids(60)
        .slice(2)
        .map((id) => `chat:r:${id}`),
    );
    const page = await grouped.search({ group: 's', limit: 2 });
    expect(page.items.map(({ id }) => id)).toEqual(['t1', 't0']);
    expect(page.cursor).toBeUndefined();
  });

  test('puts a name back when its record was stored again in the meantime', async () => {
    await grouped.storeBatch(turns(3));
    const json = (await raw.getdel('chat:r:t1')) ?? '';
    const deliver = server.receive.bind(server);
    // Between the search's look at the records and its removal of names, somebody stores the record again.
    const receive = vi.spyOn(server, 'receive').mockImplementation((socket, chunk) => {
      if (!chunk.includes('ZSCORE')) deliver(socket, chunk);
      else void raw.set('chat:r:t1', json).then(() => deliver(socket, chunk));
    });
    await grouped.search({ group: 's' });
    receive.mockRestore();
    expect(await raw.zcard('chat:g:s')).toBe(3);
    expect((await grouped.search({ group: 's' })).items.map(({ id }) => id)).toContain('t1');
  });
});

describe('groups', () => {
  test('are optional for each record', async () => {
    await grouped.store({ id: 'loner' });
    await expect(grouped.retrieve('loner')).resolves.toEqual({ id: 'loner' });
    await expect(grouped.delete('loner')).resolves.toBe(true);
  });

  test.each(['', 1])('named %o are refused before any I/O', async (session) => {
    const error = await grouped.store({ id: 'a', session: session as string }).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'StorageDataError', code: 'INVALID_GROUP', outcome: 'not_sent' });
  });
});

describe('a group whose key holds another type', () => {
  test('does not keep its records from being deleted, nor touch those of other groups', async () => {
    await grouped.storeBatch([
      { id: 'a', session: 'broken' },
      { id: 'b', session: 's' },
      { id: 'c', session: 's' },
    ]);
    await raw.set('chat:g:broken', 'no sorted set');
    await expect(grouped.deleteBatch(['a', 'b'])).resolves.toEqual(
      new Map([
        ['a', true],
        ['b', true],
      ]),
    );
    expect((await grouped.search({ group: 's' })).items.map(({ id }) => id)).toEqual(['c']);
  });
});

describe('a refused command in a batch', () => {
  test('fails its own record alone', async () => {
    await raw.set('chat:g:broken', 'no sorted set');
    const records = [{ id: 'a', session: 's' }, { id: 'b', session: 'broken' }, { id: 'c' }];
    const error = await grouped.storeBatch(records).catch((reason) => reason);
    expect(error).toMatchObject({
      name: 'StorageDataError',
      failures: [{ index: 1, id: 'b', code: 'WRONGTYPE' }],
    });
    await expect(grouped.retrieveBatch(['a', 'c'])).resolves.toEqual([records[0], records[2]]);
  });
});
