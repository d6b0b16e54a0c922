import { describe, expect, test } from 'vitest';
import { createRedisAdapter } from '../adapter.js';
import {
  grouped,
  ids,
  manageServer,
  plain,
  raw,
  server,
  type Turn,
  traffic,
  turns,
} from '../cases/offline.fixture.js';

manageServer();

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
    const removal = server.hold('ZSCORE');
    const searching = grouped.search({ group: 's' });
    await removal.reached;
    // Between the search's look at the records and its removal of names, somebody stores the record again.
    await raw.set('chat:r:t1', json);
    removal.release();
    await searching;
    expect(await raw.zcard('chat:g:s')).toBe(3);
    expect((await grouped.search({ group: 's' })).items.map(({ id }) => id)).toContain('t1');
  });
});
