import { describe, expect, test } from 'vitest';
import { grouped, ids, manageServer, plain, raw, server, traffic, turns } from './cases/offline.fixture.js';

manageServer();

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
    await expect(traffic(() => grouped.delete('a'))).resolves.toEqual([2, 4]);
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
