import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTypesenseAdapter, type TypesenseAdapter } from './adapter.js';
import type { TypesenseRecord } from './codec.js';
import type { TypesenseConfig } from './config.js';
import { type Reach, removeCollection, uniqueCollection, withConnection } from './conformance.fixture.js';
import type { TypesenseFilter } from './filter.js';
import type { TypesenseQuery } from './query.js';
import { createScopedKey } from './scoped-key.js';

interface Item extends TypesenseRecord {
  readonly [property: string]: unknown;
}

const FIELDS: TypesenseConfig['fields'] = {
  kind: { type: 'string', facet: true },
  year: 'int32',
  price: 'float',
  ok: 'bool',
  tags: { type: 'string[]', facet: true },
  text: 'string',
  vec: { type: 'float[]', num_dim: 2 },
};

const idsOf = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);

/** What this backend promises beyond the contract; run on the offline server and on a live one. */
export function adapterCases(name: string, reach: Reach): void {
  const made: TypesenseAdapter<Item>[] = [];
  const collections: string[] = [];

  const make = (config: Partial<TypesenseConfig> = {}) => {
    const collection = config.collection ?? uniqueCollection();
    const adapter = createTypesenseAdapter<Item>({ ...reach, fields: FIELDS, ...config, collection });
    made.push(adapter);
    collections.push(collection);
    return adapter;
  };
  const connected = async (config: Partial<TypesenseConfig> = {}) => {
    const adapter = make(config);
    await adapter.connect();
    return adapter;
  };

  afterAll(async () => {
    await Promise.all(made.map((adapter) => adapter.disconnect()));
    for (const collection of new Set(collections)) await removeCollection(reach, collection);
  });

  describe(`typesense adapter: ${name}`, () => {
    describe('the collection', () => {
      const trips = (one: TypesenseAdapter<Item>) => one.getMetrics().operations.connect?.roundTrips;

      test('is created when missing, and then only looked at', async () => {
        const collection = uniqueCollection();
        expect(trips(await connected({ collection }))).toBe(3);
        expect(trips(await connected({ collection }))).toBe(1);
        expect(trips(await connected({ collection, migrate: false }))).toBe(1);
      });

      test('may be created by several at once', async () => {
        const collection = uniqueCollection();
        const adapters = [make({ collection }), make({ collection }), make({ collection })];
        await Promise.all(adapters.map((one) => one.connect()));
        const id = await adapters[0]?.store({ kind: 'shared' });
        expect(await adapters[2]?.retrieve(id as string)).toEqual({ id, kind: 'shared' });
      });

      test.each<[string, TypesenseConfig['fields'], RegExp]>([
        ['type', { year: 'int64' }, /"year".* type "int64".*has "int32"/],
        ['facet', { text: { type: 'string', facet: true } }, /"text".* facet true.*has false/],
        ['number of dimensions', { vec: { type: 'float[]', num_dim: 3 } }, /num_dim 3.*has 2/],
        ['necessity', { kind: { type: 'string', facet: true, optional: false } }, /optional false.*has true/],
      ])('with another %s of a field is refused and left alone', async (_, fields, message) => {
        const collection = uniqueCollection();
        await connected({ collection });
        const error = await make({ fields, collection })
          .connect()
          .catch((reason) => reason);
        const expected = { name: 'StorageDataError', code: 'FIELD_MISMATCH', retriable: false, attempts: 1 };
        expect(error).toMatchObject(expected);
        expect(error.message).toMatch(message);
      });

      test('gets fields that are missing, where it may', async () => {
        const collection = uniqueCollection();
        await connected({ collection, fields: { kind: 'string' } });
        const fields = { kind: 'string', note: 'string' } as const;
        const refused = { name: 'StorageNotFoundError', code: 'NOT_MIGRATED' };
        await expect(make({ collection, fields, migrate: false }).connect()).rejects.toMatchObject(refused);
        const grown = await connected({ collection, fields });
        await grown.store({ id: 'a', note: 'found by it' });
        expect(idsOf(await grown.search({ filter: { note: 'found by it' } }))).toEqual(['a']);
      });

      test('is not created without migrate', async () => {
        const collection = uniqueCollection();
        for (const _ of [1, 2]) {
          await expect(make({ collection, migrate: false }).connect()).rejects.toMatchObject({
            name: 'StorageNotFoundError',
            code: 'NOT_MIGRATED',
          });
        }
      });

      test('that is removed meanwhile is told as such by every call', async () => {
        const collection = uniqueCollection();
        const orphan = await connected({ collection });
        await removeCollection(reach, collection);
        const gone = { name: 'StorageNotFoundError', code: 'HTTP_404', retriable: false };
        await expect(orphan.store({})).rejects.toMatchObject(gone);
        await expect(orphan.retrieve('a')).rejects.toMatchObject(gone);
        await expect(orphan.retrieveBatch(['a', 'b'])).rejects.toMatchObject(gone);
        await expect(orphan.delete('a')).rejects.toMatchObject(gone);
        await expect(orphan.deleteBatch(['a', 'b'])).rejects.toMatchObject(gone);
        await expect(orphan.search({})).rejects.toMatchObject(gone);
        expect((await orphan.healthCheck()).status).toBe('unhealthy');
      });
    });

    describe('records', () => {
      const collection = uniqueCollection();
      let one: TypesenseAdapter<Item>;
      beforeAll(async () => {
        one = await connected({ collection });
      });

      test('keep what is null, also when they are replaced', async () => {
        const record = {
          id: 'n',
          kind: null,
          other: null,
          deep: { x: null },
          list: [null],
          ['__proto__']: null,
        };
        for (const _ of [1, 2]) {
          await one.store(record);
          expect(await one.retrieve('n')).toEqual(record);
          expect((await one.search({ filter: { id: 'n' } })).items).toEqual([record]);
        }
        await one.store({ id: 'n', kind: 'x' });
        expect(await one.retrieve('n')).toStrictEqual({ id: 'n', kind: 'x' });
      });

      test('keep characters of several bytes, however a long request is cut', async () => {
        const text = 'ž€😀'.repeat(100_000);
        for (const id of ['l1', 'l2', 'l3']) {
          // A connection's first request is cut most.
          const fresh = await connected({ collection });
          await fresh.store({ id, body: text });
          expect(((await fresh.retrieve(id))?.body as string) === text).toBe(true);
        }
      });

      test.each([
        ['.', '..'],
        ['%2E%2E', '%'],
        ['back`tick', '`'],
        ['back\\', 'back\\`'],
        [' a ', 'a'],
        ['\n', '\u00a0'],
        ['a,b', '[a]'],
      ])('with the ids %j and %j are apart everywhere', async (a, b) => {
        const records = [a, b].map((id, n) => ({ id, n }));
        await one.storeBatch(records);
        expect(await one.retrieveBatch([b, a])).toEqual([...records].reverse());
        expect([await one.retrieve(a), await one.retrieve(b)]).toEqual(records);
        expect(idsOf(await one.search({ filter: { id: a } }))).toEqual([a]);
        expect(await one.delete(a)).toBe(true);
        expect(await one.deleteBatch([a, b])).toEqual(
          new Map([
            [a, false],
            [b, true],
          ]),
        );
        expect((await one.healthCheck()).status).toBe('healthy');
      });

      test.each<[string, Record<string, unknown>]>([
        ['a number for a text', { kind: 1 }],
        ['a text for a number', { year: '2020' }],
        ['a fraction for an integer', { year: 1.5 }],
        ['a vector of another size', { vec: [1, 2, 3] }],
        ['no list', { tags: 'x' }],
      ])('that have %s are refused by the server, by index; the others are stored', async (_, bad) => {
        const records = [{ id: 'first' }, { id: 'bad', ...bad }, { id: 'last' }];
        await expect(one.storeBatch(records)).rejects.toMatchObject({
          name: 'StorageDataError',
          retriable: false,
          outcome: 'rejected',
          attempts: 1,
          failures: [{ index: 1, id: 'bad', code: 'HTTP_400', outcome: 'rejected' }],
        });
        expect(await one.retrieveBatch(['first', 'bad', 'last'])).toEqual([
          { id: 'first' },
          null,
          { id: 'last' },
        ]);
        await one.deleteBatch(['first', 'last']);
      });

      test.each([
        ['NUMBER_TOO_LARGE', { year: 2 ** 31 }],
        ['NUMBER_TOO_LARGE', { vec: [1e39, 0] }],
        ['RESERVED_PROPERTY', { _key: 1 }],
        ['RESERVED_PROPERTY', { _expires_at: 1 }],
        ['RESERVED_PROPERTY', { '.flat': [] }],
        ['INVALID_RECORD', { kind: 'a\ud800b' }],
        ['ID_TOO_LONG', { id: 'x'.repeat(100_000) }],
      ])('are refused before any I/O: %s %#', async (code, bad) => {
        const refused = { name: 'StorageDataError', code, outcome: 'not_sent', attempts: 0 };
        await expect(one.store(bad)).rejects.toMatchObject(refused);
      });
    });

    describe('words', () => {
      let one: TypesenseAdapter<Item>;
      beforeAll(async () => {
        one = await connected();
        await one.storeBatch([
          {
            id: 'paint',
            kind: 'hull',
            year: 2020,
            text: 'Paint the hull',
            tags: ['red', 'dry dock'],
            vec: [1, 0],
          },
          {
            id: 'caulk',
            kind: 'hull',
            year: 2021,
            text: 'Caulk the seams of the hull',
            tags: ['tar'],
            vec: [0, 1],
          },
          { id: 'sew', kind: 'sail', year: 2022, text: 'Sew a sail', ok: true, vec: [-1, 0.5] },
          { id: 'gone', kind: 'hull', text: 'hull', year: 1 },
        ]);
        await one.store({ id: 'gone', kind: 'hull', text: 'hull', year: 1 }, { ttlMs: 1 });
        await vi.waitFor(async () => expect(await one.retrieve('gone')).toBeNull());
      });

      test.each<[TypesenseQuery, string[]]>([
        [{ text: 'hull' }, ['caulk', 'paint']],
        [{ text: 'hul' }, ['caulk', 'paint']],
        [{ text: 'hul', prefix: false }, []],
        [{ text: 'hlul' }, ['caulk', 'paint']],
        [{ text: 'hlul', typos: 0 }, []],
        [{ text: 'hull -seams' }, ['paint']],
        [{ text: 'seams hull' }, ['caulk']],
        [{ text: 'dock', by: ['tags'] }, ['paint']],
        [{ text: 'dock', by: ['text'] }, []],
        [{ text: 'hull', filter: { year: { gt: 2020 } } }, ['caulk']],
        [{ text: 'nothing hull', params: { drop_tokens_threshold: 0, num_typos: 0 }, typos: 0 }, []],
      ])('%j', async (query, ids) => {
        const page = await one.search(query);
        expect(idsOf(page).sort()).toEqual(ids);
        expect(page.found).toBe(ids.length);
      });

      test('are highlighted, in texts and in lists', async () => {
        const page = await one.search({ text: 'dock' });
        expect(page.items[0]?._highlights).toEqual({ tags: ['<mark>dock</mark>'].map((x) => `dry ${x}`) });
        const sew = await one.search({ text: 'sail' });
        expect(sew.items[0]?._highlights?.text).toEqual(['Sew a <mark>sail</mark>']);
        expect(sew.items[0]?._score).toBeGreaterThan(0);
      });

      test('come in the order asked for', async () => {
        const sorted = await one.search({ text: 'hull', sort: ['year:desc'] });
        expect(idsOf(sorted)).toEqual(['caulk', 'paint']);
        expect(idsOf(await one.search({ sort: ['kind:asc'] }).catch(() => ({ items: [] })))).toEqual([]);
        expect(idsOf(await one.search({ sort: ['year:asc'] }))).toEqual(['paint', 'caulk', 'sew']);
      });

      test('are counted by facet, whatever the page shows', async () => {
        const page = await one.search({ facets: ['kind', 'tags'], limit: 1 });
        expect(page.facets.kind).toEqual([
          { value: 'hull', count: 2 },
          { value: 'sail', count: 1 },
        ]);
        expect(page.facets.tags?.map(({ value }) => value).sort()).toEqual(['dry dock', 'red', 'tar']);
        expect(page.found).toBe(3);
      });

      test('pages follow each other to the end, and only for the same query', async () => {
        const query: TypesenseQuery = { sort: ['year:desc'], limit: 2 };
        const first = await one.search(query);
        const second = await one.search({ ...query, cursor: first.cursor as string });
        expect([idsOf(first), idsOf(second)]).toEqual([['sew', 'caulk'], ['paint']]);
        expect(second.cursor).toBeUndefined();
        const other = one.search({ ...query, text: 'hull', cursor: first.cursor as string });
        await expect(other).rejects.toMatchObject({ name: 'StorageQueryError', code: 'INVALID_QUERY' });
      });

      test('vectors find the nearest first, with distances', async () => {
        const page = await one.search({ near: { field: 'vec', vector: [1, 0.1] } });
        expect(idsOf(page)).toEqual(['paint', 'caulk', 'sew']);
        expect(page.items[0]?._distance).toBeCloseTo(0.004963, 5);
        expect(page.items[0]).not.toHaveProperty('vec');
        const near = { field: 'vec', vector: [1, 0.1] };
        const filtered = await one.search({ near, filter: { kind: 'sail' }, withVector: true });
        expect(filtered.items[0]).toMatchObject({ id: 'sew', vec: [-1, 0.5] });
        const first = await one.search({ near, limit: 2 });
        const second = await one.search({ near, limit: 2, cursor: first.cursor as string });
        expect([...idsOf(first), ...idsOf(second)]).toEqual(['paint', 'caulk', 'sew']);
        expect(second.cursor).toBeUndefined();
      });

      test.each<[string, TypesenseFilter, string[]]>([
        ['a value', { kind: 'sail' }, ['sew']],
        ['a value in another case', { kind: 'SAIL' }, ['sew']],
        ['one of several', { kind: { in: ['sail', 'mast'] } }, ['sew']],
        ['another value', { kind: { not: 'sail' } }, ['caulk', 'paint']],
        ['another number', { year: { not: 2021 } }, ['paint', 'sew']],
        ['a range', { year: { gte: 2021, lt: 2022 } }, ['caulk']],
        ['numbers', { year: { in: [2020, 2022] } }, ['paint', 'sew']],
        ['a truth', { ok: true }, ['sew']],
        ['a member of a list', { tags: 'dry dock' }, ['paint']],
        ['words', { text: { words: 'hull the' } }, ['caulk', 'paint']],
        ['either', [{ kind: 'sail' }, { year: 2020 }], ['paint', 'sew']],
        ['either, and more', [{ kind: 'hull', year: { gt: 2020 } }, { ok: true }], ['caulk', 'sew']],
        ['ids', { id: { in: ['paint', 'nobody'] } }, ['paint']],
        ['an expression', 'kind:=sail || year:=2020', ['paint', 'sew']],
        ['nothing', {}, ['caulk', 'paint', 'sew']],
        ['what looks like an expression', { kind: 'x` || year:>0 || kind:=`y' }, []],
        ['what ends in a backslash', { kind: 'sail\\' }, ['sew']],
      ])('filters by %s', async (_, filter, ids) => {
        expect(idsOf(await one.search({ filter })).sort()).toEqual(ids);
      });

      test.each<[string, TypesenseQuery]>([
        ['an unknown field', { filter: { nope: 1 } }],
        ['an unknown condition', { filter: { year: { above: 1 } as never } }],
        ['an empty list', { filter: { year: { in: [] } } }],
        ['a value that is none', { filter: { year: Number.NaN } }],
        ['a vector of another size', { near: { field: 'vec', vector: [1] } }],
        ['a vector field that is none', { near: { field: 'kind', vector: [1] } }],
        ['an unknown facet', { facets: ['text'] }],
        ['an unknown order', { sort: ['year'] }],
        ['no order', { sort: [] }],
        ['words in numbers', { text: 'x', by: ['year'] }],
      ])('refuses %s before any I/O', async (_, query) => {
        const refused = { name: 'StorageQueryError', code: 'INVALID_QUERY', outcome: 'not_sent' };
        await expect(one.search(query)).rejects.toMatchObject(refused);
      });

      test.each(['nope:=1', '(((', 'year:=x'])(
        'an expression that the server refuses is a query error: %s',
        async (filter) => {
          const refused = { name: 'StorageQueryError', retriable: false, outcome: 'rejected', attempts: 1 };
          await expect(one.search({ filter })).rejects.toMatchObject(refused);
        },
      );
    });

    describe('scoped keys', () => {
      test('find what they may, and do nothing else', async () => {
        const collection = uniqueCollection();
        const writer = await connected({ collection });
        await writer.storeBatch([
          { id: 'mine', kind: 'a', text: 'hull' },
          { id: 'other', kind: 'b', text: 'hull' },
        ]);
        const { id, value } = await createSearchKey(collection);
        try {
          const apiKey = createScopedKey({ searchKey: value, filter: 'kind:=a' });
          const reader = await connected({ collection, apiKey, searchOnly: true });
          expect(idsOf(await reader.search({ text: 'hull' }))).toEqual(['mine']);
          expect(idsOf(await reader.search({ filter: { kind: 'b' } }))).toEqual([]);
          expect(await reader.retrieve('mine')).toEqual({ id: 'mine', kind: 'a', text: 'hull' });
          expect(await reader.retrieveBatch(['other', 'mine'])).toMatchObject([null, { id: 'mine' }]);
          expect((await reader.healthCheck()).status).toBe('healthy');
          const refused = {
            name: 'StorageConnectionError',
            code: 'HTTP_401',
            retriable: false,
            outcome: 'rejected',
          };
          await expect(reader.store({})).rejects.toMatchObject(refused);
          await expect(reader.delete('mine')).rejects.toMatchObject(refused);
          const ended = createScopedKey({
            searchKey: value,
            filter: 'kind:=a',
            expiresAt: Date.now() - 60_000,
          });
          await expect(make({ collection, apiKey: ended, searchOnly: true }).connect()).rejects.toMatchObject(
            refused,
          );
        } finally {
          await withConnection(reach, (request) => request({ method: 'delete', path: `/keys/${id}` }));
        }
      });

      async function createSearchKey(collection: string): Promise<{ id: number; value: string }> {
        const body = { description: 'test', actions: ['documents:search'], collections: [collection] };
        return (await withConnection(reach, (request) =>
          request({ method: 'post', path: '/keys', body }),
        )) as { id: number; value: string };
      }
    });

    describe('round trips', () => {
      const count = async (
        config: Partial<TypesenseConfig>,
        work: (one: TypesenseAdapter<Item>) => Promise<unknown>,
      ) => {
        const one = await connected(config);
        await work(one);
        const { connect: _, ...operations } = one.getMetrics().operations;
        return Object.fromEntries(
          Object.entries(operations).map(([operation, { roundTrips }]) => [operation, roundTrips]),
        );
      };

      test('of single calls', async () => {
        const single = await count({}, async (one) => {
          await one.store({ id: 'a' });
          await one.retrieve('a');
          await one.search({});
          await one.delete('a');
          await one.healthCheck();
        });
        expect(single).toEqual({ store: 1, retrieve: 1, search: 1, delete: 1, healthCheck: 2 });
      });

      test('of batches are those of their chunks, by items', async () => {
        const records = Array.from({ length: 2_100 }, (_, n) => ({ id: `r${n}`, n }));
        const ids = records.map(({ id }) => id);
        const chunked = await count({ timeoutMs: 20_000 }, async (one) => {
          await one.storeBatch(records);
          expect(await one.retrieveBatch([...ids].reverse())).toEqual([...records].reverse());
          await one.deleteBatch(ids);
          await one.deleteBatch(ids);
        });
        // A look and a delete for each chunk; then looks alone.
        expect(chunked).toEqual({ storeBatch: 3, retrieveBatch: 3, deleteBatch: 9 });
      });

      test('of batches are those of their chunks, by bytes', async () => {
        const records = Array.from({ length: 10 }, (_, n) => ({ id: `r${n}`, body: 'x'.repeat(40_000) }));
        const chunked = await count({ batch: { maxBytes: 100_000 } }, (one) => one.storeBatch(records));
        expect(chunked).toEqual({ storeBatch: 5 });
      });

      test('of deletes are more where the ids do not fit into one URL', async () => {
        const records = Array.from({ length: 9 }, (_, n) => ({ id: `${n}${'ž'.repeat(2_000)}` }));
        const chunked = await count({}, async (one) => {
          await one.storeBatch(records);
          const truth = await one.deleteBatch(records.map(({ id }) => id));
          expect([...truth.values()].every(Boolean)).toBe(true);
        });
        expect(chunked).toEqual({ storeBatch: 1, deleteBatch: 4 });
      });
    });
  });
}
