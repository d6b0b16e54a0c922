import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQdrantAdapter, type QdrantAdapter } from './adapter.js';
import type { QdrantRecord } from './codec.js';
import type { Distance, QdrantConfig } from './config.js';
import { type Reach, removeCollection, uniqueCollection, withClient } from './conformance.fixture.js';
import type { QdrantQuery } from './query.js';

interface Item extends QdrantRecord {
  readonly [property: string]: unknown;
}

const idsOf = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);

/** What this backend promises beyond the contract; run on the offline server and on a live one. */
export function adapterCases(name: string, reach: Reach): void {
  const made: QdrantAdapter<Item>[] = [];
  const collections: string[] = [];

  const make = (config: Partial<QdrantConfig> = {}) => {
    const collection = config.collection ?? uniqueCollection();
    const vector = { size: 2, distance: 'Dot' } as const;
    const adapter = createQdrantAdapter<Item>({ ...reach, vector, ...config, collection });
    made.push(adapter);
    collections.push(collection);
    return adapter;
  };
  const connected = async (config: Partial<QdrantConfig> = {}) => {
    const adapter = make(config);
    await adapter.connect();
    return adapter;
  };

  afterAll(async () => {
    await Promise.all(made.map((adapter) => adapter.disconnect()));
    for (const collection of new Set(collections)) await removeCollection(reach, collection);
  });

  describe(`qdrant adapter: ${name}`, () => {
    let adapter: QdrantAdapter<Item>;
    beforeAll(async () => {
      adapter = await connected({ indexes: { kind: 'keyword' } });
    });

    describe('the collection', () => {
      const trips = (one: QdrantAdapter<Item>) => one.getMetrics().operations.connect?.roundTrips;

      test('is created when missing, with its indexes, and then only looked at', async () => {
        const collection = uniqueCollection();
        const indexes = { kind: 'keyword', at: { type: 'datetime' } } as const;
        expect(trips(await connected({ collection, indexes }))).toBe(6);
        expect(trips(await connected({ collection, indexes }))).toBe(1);
        expect(trips(await connected({ collection, indexes, migrate: false }))).toBe(1);
        const { data } = await withClient(reach, (api, init) =>
          api.getCollection({ collection_name: collection }, init),
        );
        expect(Object.keys(data.result?.payload_schema ?? {}).sort()).toEqual(['_expires_at', 'at', 'kind']);
      });

      test('may be created by several at once', async () => {
        const collection = uniqueCollection();
        const adapters = [make({ collection }), make({ collection }), make({ collection })];
        await Promise.all(adapters.map((one) => one.connect()));
        const id = await adapters[0]?.store({ kind: 'shared' });
        expect(await adapters[2]?.retrieve(id as string)).toEqual({ id, kind: 'shared' });
      });

      test.each<[string, Partial<QdrantConfig>, RegExp]>([
        ['size', { vector: { size: 3, distance: 'Dot' } }, /size 3 with Dot.*has one of size 2 with Dot/],
        ['distance', { vector: { size: 2, distance: 'Cosine' } }, /size 2 with Cosine.*size 2 with Dot/],
        ['name', { vector: { size: 2, distance: 'Dot', name: 'text' } }, /the vector "text".*has none/],
      ])('with another %s is refused and left alone', async (_, config, message) => {
        const collection = uniqueCollection();
        await connected({ collection });
        const error = await make({ ...config, collection })
          .connect()
          .catch((reason) => reason);
        expect(error).toMatchObject({
          name: 'StorageDataError',
          code: 'VECTOR_MISMATCH',
          retriable: false,
          outcome: 'rejected',
          attempts: 1,
        });
        expect(error.message).toMatch(message);
      });

      test('with another index is refused', async () => {
        const collection = uniqueCollection();
        await connected({ collection, indexes: { year: 'integer' } });
        await expect(make({ collection, indexes: { year: 'float' } }).connect()).rejects.toMatchObject({
          name: 'StorageDataError',
          code: 'INDEX_MISMATCH',
        });
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

      test('that is removed meanwhile is told as such', async () => {
        const collection = uniqueCollection();
        const orphan = await connected({ collection });
        await removeCollection(reach, collection);
        await expect(orphan.store({})).rejects.toMatchObject({
          name: 'StorageNotFoundError',
          code: 'HTTP_404',
        });
        expect(await orphan.healthCheck()).toMatchObject({
          status: 'unhealthy',
          error: { kind: 'not_found', code: 'COLLECTION_MISSING' },
        });
      });

      test('may have named vectors', async () => {
        const named = await connected({ vector: { size: 3, distance: 'Dot', name: 'text' } });
        const record = { id: 'a', vector: [1, 2, 3] };
        await named.storeBatch([record, { id: 'b' }]);
        expect(await named.retrieveBatch(['a', 'b'])).toEqual([record, { id: 'b' }]);
        const { items } = await named.search({ near: [1, 0, 0], withVector: true });
        expect(items).toEqual([{ ...record, _score: 1 }]);
      });
    });

    describe('records', () => {
      test('need no vector, and then are found by id and filter alone', async () => {
        const kind = 'vectorless';
        await adapter.storeBatch([
          { id: 'with', kind, vector: [1, 0] },
          { id: 'without', kind },
        ]);
        const filter = { must: [{ key: 'kind', match: { value: kind } }] };
        expect(await adapter.retrieve('without')).toEqual({ id: 'without', kind });
        expect(idsOf(await adapter.search({ filter })).sort()).toEqual(['with', 'without']);
        expect(idsOf(await adapter.search({ filter, near: [1, 1] }))).toEqual(['with']);
      });

      test('come back without what the adapter keeps beside them', async () => {
        const record = { id: 'expiring', kind: 'lifetime', vector: [1, 2] };
        await adapter.store(record, { ttlMs: 60_000 });
        expect(await adapter.retrieve('expiring')).toStrictEqual(record);
      });

      test('keep integers beyond 2^53 as numbers', async () => {
        const record = { id: 'large', values: [2 ** 53, 2 ** 60, -(2 ** 62), 1e20, 1e300] };
        await adapter.store(record);
        expect(await adapter.retrieve('large')).toStrictEqual(record);
      });

      test.each([
        ['of another size', [1, 2, 3]],
        ['with a hole', [1, Number.NaN]],
        ['beyond 32 bits', [1e39, 1]],
        ['that is no array', 'x'],
        ['of strings', ['1', '2']],
        ['that is null', null],
      ])('with a vector %s are refused before any I/O, by index', async (_, vector) => {
        const bad = { id: 'bad', vector: vector as never };
        await expect(adapter.store(bad)).rejects.toMatchObject({
          name: 'StorageDataError',
          code: 'INVALID_VECTOR',
          outcome: 'not_sent',
          attempts: 0,
        });
        await expect(adapter.storeBatch([{ id: 'good' }, bad])).rejects.toMatchObject({
          failures: [{ index: 1, id: 'bad', code: 'INVALID_VECTOR' }],
        });
        expect(await adapter.retrieve('good')).toEqual({ id: 'good' });
      });

      test.each(['_expires_at', '_score'])('may not have the property %s', async (property) => {
        await expect(adapter.store({ [property]: 1 })).rejects.toMatchObject({
          name: 'StorageDataError',
          code: 'RESERVED_PROPERTY',
          attempts: 0,
        });
      });

      test('may not hold lone surrogates, which the server refuses', async () => {
        await expect(adapter.store({ kind: 'a\ud800b' })).rejects.toMatchObject({ code: 'INVALID_RECORD' });
        const record = { id: 'pair', kind: '\\ud800 😀' };
        await adapter.store(record);
        expect(await adapter.retrieve('pair')).toEqual(record);
      });

      test('larger than a request are refused before any I/O', async () => {
        await expect(adapter.store({ text: 'x'.repeat(33 * 1024 * 1024) })).rejects.toMatchObject({
          name: 'StorageDataError',
          code: 'RECORD_TOO_LARGE',
          outcome: 'not_sent',
        });
      });
    });

    describe('near a vector', () => {
      const VECTORS = { same: [3, 4], opposite: [-3, -4], zero: [0, 0] };

      test.each<[Distance, string[], number[], number, string[]]>([
        ['Dot', ['same', 'zero', 'opposite'], [7, 0, -7], 3, ['same']],
        ['Cosine', ['same', 'zero', 'opposite'], [0.98994946, 0, -0.98994946], 0.5, ['same']],
        ['Euclid', ['zero', 'same', 'opposite'], [Math.SQRT2, 3.6055512, 6.4031243], 4, ['zero', 'same']],
        ['Manhattan', ['zero', 'same', 'opposite'], [2, 5, 9], 3, ['zero']],
      ])('under %s all come, nearest first, unless a threshold is given', async (...row) => {
        const [distance, order, scores, scoreThreshold, near] = row;
        const one = await connected({ vector: { size: 2, distance } });
        await one.storeBatch(Object.entries(VECTORS).map(([id, vector]) => ({ id, vector })));
        const page = await one.search({ near: [1, 1] });
        expect(idsOf(page)).toEqual(order);
        for (const [index, { _score }] of page.items.entries())
          expect(_score).toBeCloseTo(scores[index] ?? Number.NaN, 5);
        expect(idsOf(await one.search({ near: [1, 1], scoreThreshold }))).toEqual(near);
      });

      test('pages follow each other to the end', async () => {
        const one = await connected();
        await one.storeBatch(Array.from({ length: 7 }, (_, n) => ({ id: `n${n}`, vector: [n, 0] })));
        const query: QdrantQuery = { near: [1, 0], limit: 3 };
        const first = await one.search(query);
        const second = await one.search({ ...query, cursor: first.cursor as string });
        const third = await one.search({ ...query, cursor: second.cursor as string });
        expect([first, second, third].map(idsOf)).toEqual([['n6', 'n5', 'n4'], ['n3', 'n2', 'n1'], ['n0']]);
        expect(third.cursor).toBeUndefined();
        const other = one.search({ ...query, near: [0, 1], cursor: first.cursor as string });
        await expect(other).rejects.toMatchObject({ name: 'StorageQueryError', code: 'INVALID_QUERY' });
      });

      test('of a record leaves that record out, and must find it', async () => {
        const one = await connected();
        await one.storeBatch([
          { id: 'a', vector: [1, 0] },
          { id: 'b', vector: [2, 0] },
        ]);
        expect(idsOf(await one.search({ near: { id: 'a' } }))).toEqual(['b']);
        await expect(one.search({ near: { id: 'nobody' } })).rejects.toMatchObject({
          name: 'StorageQueryError',
          code: 'HTTP_404',
          message: expect.stringContaining('does not exist'),
        });
      });

      test.each<[string, QdrantQuery]>([
        ['a vector of another size', { near: [1, 2, 3] }],
        ['no vector', { near: 'x' as never }],
        ['an empty id', { near: { id: '' } }],
        ['a threshold that is no number', { near: [1, 0], scoreThreshold: Number.NaN }],
        ['a threshold without a vector', { scoreThreshold: 1 }],
        ['a filter that is none', { filter: [] as never }],
        ['ids that are none', { filter: { must: [{ has_id: [1] }] } }],
      ])('refuses %s before any I/O', async (_, query) => {
        await expect(adapter.search(query)).rejects.toMatchObject({
          name: 'StorageQueryError',
          code: 'INVALID_QUERY',
          outcome: 'not_sent',
        });
      });
    });

    describe('filters', () => {
      let one: QdrantAdapter<Item>;
      beforeAll(async () => {
        one = await connected();
        await one.storeBatch([
          { id: 'fox', kind: 'a', year: 2020, body: 'the quick brown fox', vector: [1, 0] },
          { id: 'dog', kind: 'b', year: 2021, tags: ['p', 'q'], vector: [0, 1] },
          { id: 'it\'s "so"', kind: null, nested: { deep: [{ x: 'y' }] } },
        ]);
      });

      test.each<[string, QdrantQuery['filter'] & {}, string[]]>([
        ['a value', { must: [{ key: 'kind', match: { value: 'a' } }] }, ['fox']],
        ['one of several', { must: { key: 'kind', match: { any: ['a', 'b'] } } }, ['dog', 'fox']],
        ['anything else', { must_not: [{ key: 'kind', match: { value: 'a' } }] }, ['dog', 'it\'s "so"']],
        ['a range', { must: [{ key: 'year', range: { gt: 2020 } }] }, ['dog']],
        ['a member of a list', { must: [{ key: 'tags', match: { value: 'q' } }] }, ['dog']],
        ['a nested property', { must: [{ key: 'nested.deep[].x', match: { value: 'y' } }] }, ['it\'s "so"']],
        ['null', { must: [{ is_null: { key: 'kind' } }] }, ['it\'s "so"']],
        [
          'the ids of records',
          { must: [{ has_id: ['fox', 'it\'s "so"', 'nobody'] }] },
          ['fox', 'it\'s "so"'],
        ],
        ['their own id', { must: [{ key: 'id', match: { value: 'dog' } }] }, ['dog']],
        [
          'conditions within conditions',
          {
            should: [
              { must: [{ has_id: ['dog'] }, { key: 'year', range: { gte: 2021 } }] },
              { key: 'body', match: { text: 'quick' } },
            ],
          },
          ['dog', 'fox'],
        ],
      ])('by %s', async (_, filter, ids) => {
        expect(idsOf(await one.search({ filter })).sort()).toEqual(ids);
      });

      test('combine with a vector', async () => {
        const filter = { must: [{ key: 'kind', match: { any: ['a', 'b'] } }] };
        expect(idsOf(await one.search({ near: [0, 1], filter }))).toEqual(['dog', 'fox']);
      });

      test('that the server refuses are query errors', async () => {
        const filter = { must: [{ key: 'kind', mach: 'a' }] } as never;
        await expect(one.search({ filter })).rejects.toMatchObject({
          name: 'StorageQueryError',
          retriable: false,
          outcome: 'rejected',
          attempts: 1,
        });
      });
    });

    describe('round trips', () => {
      const count = async (
        config: Partial<QdrantConfig>,
        work: (one: QdrantAdapter<Item>) => Promise<unknown>,
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
          await one.store({ id: 'a', vector: [1, 2] });
          await one.retrieve('a');
          await one.search({});
          await one.delete('a');
          await one.healthCheck();
        });
        expect(single).toEqual({ store: 1, retrieve: 1, search: 1, delete: 2, healthCheck: 2 });
      });

      test('of deletes of what is not there', async () => {
        const missing = await count({}, async (one) => {
          await one.delete('a');
          await one.deleteBatch(['a', 'b']);
        });
        expect(missing).toEqual({ delete: 1, deleteBatch: 1 });
      });

      test('of batches are those of their chunks, by items', async () => {
        const records = Array.from({ length: 600 }, (_, n) => ({ id: `r${n}`, n }));
        const ids = records.map(({ id }) => id);
        const chunked = await count({}, async (one) => {
          await one.storeBatch(records);
          expect(await one.retrieveBatch([...ids].reverse())).toEqual([...records].reverse());
          await one.deleteBatch(ids);
        });
        expect(chunked).toEqual({ storeBatch: 3, retrieveBatch: 3, deleteBatch: 6 });
      });

      test('of batches are those of their chunks, by bytes', async () => {
        const records = Array.from({ length: 10 }, (_, n) => ({ id: `r${n}`, text: 'x'.repeat(40_000) }));
        const chunked = await count({ batch: { maxBytes: 100_000 } }, (one) => one.storeBatch(records));
        expect(chunked).toEqual({ storeBatch: 5 });
      });
    });
  });
}
