import { describe, expect, test } from 'vitest';
import { createRedisAdapter } from './adapter.js';
import { grouped, manageServer, plain, raw, server, type Turn } from './cases/offline.fixture.js';

manageServer();

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
