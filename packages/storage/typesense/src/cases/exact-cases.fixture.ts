import { readFileSync } from 'node:fs';
import { newNamespace } from '@drydock/storage/conformance';
import { describe, expect, test } from 'vitest';
import type { TypesenseConfig } from '../config.js';
import { createScopedKey } from '../scoped-key.js';
import type { TypesenseFilter } from '../search/filter.js';
import { type Adapters, idsOf } from './adapters.fixture.js';
import { withClient } from './conformance.fixture.js';

/** What the version before the companion of exact conditions wrote, on a real server. */
const LAYOUT_1: { fields: object[]; documents: string[] } = JSON.parse(
  readFileSync(new URL('./layout-1.json', import.meta.url), 'utf8'),
);
const FIELDS_1: TypesenseConfig['fields'] = {
  kind: { type: 'string', facet: true },
  year: 'int32',
  tags: 'string[]',
  vec: { type: 'float[]', num_dim: 2 },
};

/** Conditions that are exact, also over what older versions wrote. */
export function exactCases({ settings, make, connected }: Adapters): void {
  describe('exact conditions', () => {
    test('hold within lists, expressions, negations and small fractions', async () => {
      const one = await connected();
      await one.storeBatch([
        { id: 'a', kind: 'team-1', tags: ['Dry Dock', 'x'], price: 16_777_217 },
        { id: 'b', kind: 'team:1', tags: ['dry-dock'], price: 16_777_216 },
        { id: 'c', year: 1, text: '' },
      ]);
      const found = async (filter: TypesenseFilter) => idsOf(await one.search({ filter })).sort();
      expect(await found({ tags: 'dry-dock' })).toEqual(['b']);
      expect(await found('kind:=team-1')).toEqual(['a']);
      expect(await found('kind:!=`team-1` && year:=1')).toEqual(['c']);
      expect(await found({ kind: { not: 'team-1' } })).toEqual(['b', 'c']);
      expect(await found({ kind: { words: 'TEAM 1' } })).toEqual([]);
      expect(await found({ kind: { words: 'team1' } })).toEqual(['a', 'b']);
      expect(await found({ price: 16_777_216 })).toEqual(['b']);
      expect(await found({ price: { not: 16_777_216 } })).toEqual(['a']);
      expect(await found({ text: '' })).toEqual(['c']);
    });

    test.each<[string, TypesenseFilter]>([
      ['a filter', { kind: 'team-1' }],
      ['an expression', 'kind:=team-1'],
      ['an expression with a number', 'year:=2020'],
    ])('hold in scoped keys, made of %s', async (_, filter) => {
      const collection = newNamespace();
      const writer = await connected({ collection });
      await writer.storeBatch([
        { id: 'mine', kind: 'team-1', year: 2020 },
        { id: 'alike', kind: 'team:1', year: 2021 },
      ]);
      const body = { description: 'test', actions: ['documents:search'], collections: [collection] };
      await withClient(settings, async (request) => {
        const { id, value } = (await request({ method: 'post', path: '/keys', body })) as {
          id: number;
          value: string;
        };
        const apiKey = createScopedKey({ searchKey: value, filter });
        const reader = await connected({ collection, apiKey, searchOnly: true });
        expect(idsOf(await reader.search({}))).toEqual(['mine']);
        expect(idsOf(await reader.search({ filter: [{ kind: 'team:1' }, { kind: 'team-1' }] }))).toEqual([
          'mine',
        ]);
        await request({ method: 'delete', path: `/keys/${id}` });
      });
    });
  });

  describe('records of the layout before', () => {
    test('are refused where nothing may be changed, moved by connect, and found exactly', async () => {
      const collection = await restore(LAYOUT_1.documents);
      const refused = { name: 'StorageNotFoundError', code: 'NOT_MIGRATED' };
      const only = { collection, fields: FIELDS_1 };
      await expect(make({ ...only, migrate: false }).connect()).rejects.toMatchObject(refused);
      await expect(make({ ...only, searchOnly: true }).connect()).rejects.toMatchObject(refused);
      const one = await connected(only);
      expect(idsOf(await one.search({ filter: { kind: 'team-1' } })).sort()).toEqual(['ends', 'team-1']);
      expect(idsOf(await one.search({ filter: { kind: 'Žluť' } }))).toEqual(['50% `x\\ ']);
      expect(await one.retrieve('team:1')).toEqual({
        id: 'team:1',
        kind: 'team:1',
        year: 2021,
        note: null,
        free: { a: [1, null] },
      });
      await connected({ ...only, migrate: false });
      await connected({ ...only, searchOnly: true });
    });

    test('are moved in pages, also those before a field was declared', async () => {
      const collection = newNamespace();
      const before = await connected({ collection, fields: { kind: 'string' } });
      const records = Array.from({ length: 251 }, (_, n) => ({
        id: `n${n}`,
        kind: 'k',
        later: `Later-${n % 2}`,
      }));
      await before.storeBatch(records);
      const after = await connected({ collection, fields: { kind: 'string', later: 'string' } });
      expect((await after.search({ filter: { later: 'Later-1' }, limit: 1 })).found).toBe(125);
      expect((await after.search({ filter: { later: 'later:1' } })).found).toBe(0);
    });

    async function restore(documents: readonly string[]): Promise<string> {
      const name = newNamespace();
      make({ collection: name });
      await withClient(settings, async (request) => {
        const query = { action: 'create' };
        const path = `/collections/${name}/documents/import`;
        await request({ method: 'post', path: '/collections', body: { name, fields: LAYOUT_1.fields } });
        await request({ method: 'post', path, query, body: documents.join('\n') });
      });
      return name;
    }
  });
}
