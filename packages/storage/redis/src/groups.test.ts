import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { layoutCases } from './cases/layout-cases.fixture.js';
import { connected, grouped, manageServer, raw, server, traffic } from './cases/offline.fixture.js';
import { FakeRedis } from './fake/index.js';

layoutCases(new FakeRedis().config);
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

describe('what a group lists', () => {
  test('a record that moves through many groups is in one', async () => {
    for (let n = 0; n < 200; n += 1) await grouped.store({ id: 'a', session: `s${n}` });
    expect(server.keys).toHaveLength(2);
    await grouped.storeBatch([
      { id: 'a', session: 't' },
      { id: 'b', session: 't' },
    ]);
    await grouped.update('a', { session: 'u' });
    await grouped.store({ id: 'b' });
    expect(server.keys.filter((key) => key.startsWith('chat:g:'))).toEqual(['chat:g:u']);
    expect((await grouped.search({ group: 'u' })).items.map(({ id }) => id)).toEqual(['a']);
  });

  test('names of records that have ended do not pile up, also where nobody searches', async () => {
    for (let n = 0; n < 30; n += 1) {
      await grouped.storeBatch(
        Array.from({ length: 100 }, (_, at) => ({ id: `${n}.${at}`, session: `s${at % 2}` })),
        { ttlMs: n < 29 ? 5 : 60_000 },
      );
      await sleep(8);
    }
    await grouped.store({ id: 'last', session: 's0' }, { ttlMs: 60_000 });
    const names = (await raw.zcard('chat:g:s0')) + (await raw.zcard('chat:g:s1'));
    expect(names).toBeGreaterThanOrEqual(101);
    expect(names).toBeLessThan(101 + 64);
    expect(await raw.pttl('chat:g:')).toBeGreaterThan(0);
  });

  test('a record whose end was moved keeps its name', async () => {
    const records = Array.from({ length: 70 }, (_, at) => ({ id: `r${at}`, session: 's' }));
    await grouped.storeBatch(records, { ttlMs: 2_000 });
    await grouped.touch('r0', 60_000);
    await grouped.touch('r1', null);
    await grouped.store({ id: 'r2', session: 's' });
    await grouped.store({ id: 'r3', session: 's' }, { ttlMs: 60_000 });
    await sleep(2_050);
    await grouped.store({ id: 'new', session: 's' }, { ttlMs: 60_000 });
    expect((await raw.zrange('chat:g:s', '+inf', '-inf', 'BYSCORE', 'REV')).sort()).toEqual([
      'new',
      'r0',
      'r1',
      'r2',
      'r3',
    ]);
  });

  test('a page costs two round trips, however many records share its place', async () => {
    const adapter = await connected({ prefix: 'same', group: () => 's', order: () => 1 });
    const ids = Array.from({ length: 500 }, (_, n) => `é${n}`);
    await adapter.storeBatch(ids.map((id) => ({ id })));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const [trips] = await traffic(async () => {
        const page = await adapter.search({ group: 's', limit: 50, ...(cursor !== undefined && { cursor }) });
        found.push(...page.items.map(({ id }) => id));
        cursor = page.cursor;
        // The place of the cursor is gone for the next page.
        await raw.zrem('same:g:s', found.at(-1) ?? '');
      });
      expect(trips).toBe(3);
    } while (cursor !== undefined);
    expect(found).toEqual(ids.sort().reverse());
  });
});
