import { newNamespace } from '@drydock/storage/conformance';
import { describe, expect, test } from 'vitest';
import type { QdrantAdapter } from '../adapter.js';
import type { QdrantConfig } from '../config.js';
import type { Adapters, Item } from './adapters.fixture.js';
import { removeNamespace, withClient } from './conformance.fixture.js';

/** How a collection is created, and what happens where another one has its name. */
export function collectionCases({ settings, make, connected }: Adapters): void {
  describe('the collection', () => {
    const trips = (one: QdrantAdapter<Item>) => one.getMetrics().operations.connect?.roundTrips;

    test('is created with its indexes when it is missing; later connects only check it', async () => {
      const collection = newNamespace();
      const indexes = { kind: 'keyword', at: { type: 'datetime' } } as const;
      expect(trips(await connected({ collection, indexes }))).toBe(6);
      expect(trips(await connected({ collection, indexes }))).toBe(1);
      expect(trips(await connected({ collection, indexes, migrate: false }))).toBe(1);
      const { data } = await withClient(settings, (api, init) =>
        api.getCollection({ collection_name: collection }, init),
      );
      expect(Object.keys(data.result?.payload_schema ?? {}).sort()).toEqual(['_expires_at', 'at', 'kind']);
    });

    test('may be created by several at once', async () => {
      const collection = newNamespace();
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
      const collection = newNamespace();
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
      const collection = newNamespace();
      await connected({ collection, indexes: { year: 'integer' } });
      await expect(make({ collection, indexes: { year: 'float' } }).connect()).rejects.toMatchObject({
        name: 'StorageDataError',
        code: 'INDEX_MISMATCH',
      });
    });

    test('is not created with migrate set to false', async () => {
      const collection = newNamespace();
      for (const _ of [1, 2]) {
        await expect(make({ collection, migrate: false }).connect()).rejects.toMatchObject({
          name: 'StorageNotFoundError',
          code: 'NOT_MIGRATED',
        });
      }
    });

    test('that is removed later fails calls with a not-found error', async () => {
      const collection = newNamespace();
      const orphan = await connected({ collection });
      await removeNamespace(settings, collection);
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
}
