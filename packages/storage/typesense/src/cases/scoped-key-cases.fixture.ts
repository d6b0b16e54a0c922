import { newNamespace } from '@drydock/storage/conformance';
import { describe, expect, test } from 'vitest';
import { createScopedKey } from '../scoped-key.js';
import { type Adapters, idsOf } from './adapters.fixture.js';
import { withClient } from './conformance.fixture.js';

/** What a scoped key allows. */
export function scopedKeyCases({ settings, make, connected }: Adapters): void {
  describe('scoped keys', () => {
    test('find the records of their filter, and allow nothing else', async () => {
      const collection = newNamespace();
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
        await withClient(settings, (request) => request({ method: 'delete', path: `/keys/${id}` }));
      }
    });

    async function createSearchKey(collection: string): Promise<{ id: number; value: string }> {
      const body = { description: 'test', actions: ['documents:search'], collections: [collection] };
      return (await withClient(settings, (request) => request({ method: 'post', path: '/keys', body }))) as {
        id: number;
        value: string;
      };
    }
  });
}
