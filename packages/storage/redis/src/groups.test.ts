import { describe, expect, test } from 'vitest';
import { grouped, manageServer, raw } from './cases/offline.fixture.js';

manageServer();

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
