import { describe, expect, test } from 'vitest';
import { createRedisAdapter } from './adapter.js';
import {
  connected,
  grouped,
  make,
  manageServer,
  plain,
  raw,
  server,
  type Turn,
} from './cases/offline.fixture.js';
import { Keys } from './keys.js';

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
  test.each([
    ['p', 'p'],
    ['p:r', 'p:%r'],
    ['p:g:x', 'p:%g:x'],
    ['p:%r', 'p:%%r'],
    ['r:rg', 'r:rg'],
    ['{p:r}', '{p:r}'],
  ])('of the prefix %s begin with %s, so that no two prefixes share one', (prefix, begin) => {
    expect(new Keys(prefix).record('1')).toBe(`${begin}:r:1`);
  });

  test('of a prefix and of a longer one are different, whatever the ids', async () => {
    const [short, long] = [await connected({ prefix: 'p' }), await connected({ prefix: 'p:r' })];
    await short.store({ id: 'r:1', text: 'short' });
    await long.store({ id: '1', text: 'long' });
    await expect(short.delete('r:1')).resolves.toBe(true);
    await expect(long.retrieve('1')).resolves.toEqual({ id: '1', text: 'long' });
  });

  test('that an older version shared between prefixes keep `connect` from losing them', async () => {
    await raw.set('p:r:r:1', '{"id":"r:1"}');
    await connected({ prefix: 'p:r' });
    await raw.set('p:r:r:2', '{"id":"2"}');
    await expect(make({ prefix: 'p:r' }).connect()).rejects.toMatchObject({
      name: 'StorageDataError',
      code: 'OLD_LAYOUT',
      message: expect.stringContaining('app:%r:r:1'),
    });
  });

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
