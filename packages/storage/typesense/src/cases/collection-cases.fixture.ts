import { newNamespace } from '@drydock/storage/conformance';
import { describe, expect, test } from 'vitest';
import type { TypesenseAdapter } from '../adapter.js';
import type { TypesenseConfig } from '../config.js';
import { type Adapters, type Item, idsOf } from './adapters.fixture.js';
import { removeNamespace } from './conformance.fixture.js';

/** How a collection is created, and what happens where another one has its name. */
export function collectionCases({ settings, make, connected }: Adapters): void {
  describe('the collection', () => {
    const trips = (one: TypesenseAdapter<Item>) => one.getMetrics().operations.connect?.roundTrips;

    test('is created when it is missing; later connects only check it', async () => {
      const collection = newNamespace();
      expect(trips(await connected({ collection }))).toBe(3);
      expect(trips(await connected({ collection }))).toBe(1);
      expect(trips(await connected({ collection, migrate: false }))).toBe(1);
    });

    test('may be created by several at once', async () => {
      const collection = newNamespace();
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
      const collection = newNamespace();
      await connected({ collection });
      const error = await make({ fields, collection })
        .connect()
        .catch((reason) => reason);
      const expected = { name: 'StorageDataError', code: 'FIELD_MISMATCH', retriable: false, attempts: 1 };
      expect(error).toMatchObject(expected);
      expect(error.message).toMatch(message);
    });

    test('gets the fields that are missing, unless migrate is false', async () => {
      const collection = newNamespace();
      await connected({ collection, fields: { kind: 'string' } });
      const fields = { kind: 'string', note: 'string' } as const;
      const refused = { name: 'StorageNotFoundError', code: 'NOT_MIGRATED' };
      await expect(make({ collection, fields, migrate: false }).connect()).rejects.toMatchObject(refused);
      const grown = await connected({ collection, fields });
      await grown.store({ id: 'a', note: 'found by it' });
      expect(idsOf(await grown.search({ filter: { note: 'found by it' } }))).toEqual(['a']);
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

    test('that is removed later fails every call with a not-found error', async () => {
      const collection = newNamespace();
      const orphan = await connected({ collection });
      await removeNamespace(settings, collection);
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
}
