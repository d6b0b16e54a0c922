import { beforeAll, describe, expect, test } from 'vitest';
import type { QdrantAdapter } from '../adapter.js';
import { type Adapters, type Item, idsOf } from './adapters.fixture.js';

/** What a record keeps, and which records are refused. */
export function recordCases({ connected }: Adapters): void {
  describe('records', () => {
    let adapter: QdrantAdapter<Item>;
    beforeAll(async () => {
      adapter = await connected({ indexes: { kind: 'keyword' } });
    });

    test('without a vector are found by id and filter alone', async () => {
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

    test('come back without the properties that the adapter adds', async () => {
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
      ['that is not an array', 'x'],
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
}
