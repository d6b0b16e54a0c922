import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { ConnectionSettings } from '../conformance.fixture.js';
import { AT, found, openDeclarations, VALUES } from './declarations.fixture.js';

/** What the first layout wrote, recorded before there was a second; run on the offline server and on a live one. */
export function layoutCases(settings: ConnectionSettings): void {
  describe('a table of the first layout', () => {
    const { newSchema, open, query, close } = openDeclarations(settings);
    afterAll(close);

    const plant = async () => {
      const schema = newSchema();
      const text = readFileSync(new URL('./layout-1.sql', import.meta.url), 'utf8');
      await query(text.replaceAll('"SCHEMA"', `"${schema}"`));
      return schema;
    };
    const OLD = {
      n: 'integer',
      title: 'text',
      size: 'bigint',
      ratio: 'double',
      price: 'numeric',
      done: 'boolean',
      at: 'timestamptz',
      key: 'uuid',
      meta: 'jsonb',
    } as const;

    test('every record is found, and the newer of two values counts', async () => {
      const adapter = await open(await plant(), OLD, { indexes: [['title']] });
      const { n: _, big, ...values } = VALUES;
      const whole = { ...values, size: big, note: 'kept' };
      expect(await adapter.retrieveBatch(['extra', 'column', 'both', 'null'])).toEqual([
        { id: 'extra', n: 1, ...whole, at: new Date(AT) },
        { id: 'column', n: 3, ...whole, at: new Date('2030-05-02T00:00:00Z') },
        { id: 'both', n: 4, title: 'fresh' },
        { id: 'null', n: 2, title: null },
      ]);
      expect(await found(adapter, { field: 'title', eq: 'red' })).toEqual(['column', 'extra']);
      expect(await found(adapter, { field: 'title', eq: 'stale' })).toEqual([]);
      expect(await found(adapter, { field: 'title', eq: 'fresh' })).toEqual(['both']);
      expect(await found(adapter, { field: 'title', eq: null })).toEqual(['null']);
      expect(await found(adapter, { field: 'at', lt: new Date('2031-01-01T00:00:00Z') })).toEqual([
        'column',
        'extra',
      ]);
    });

    test('connect refuses to guess whose an undeclared column is', async () => {
      const schema = await plant();
      const { title: _, ...fewer } = OLD;
      const refused = { name: 'StorageDataError', code: 'UNDECLARED_COLUMN' };
      await expect(open(schema, fewer)).rejects.toMatchObject(refused);
      await open(schema, OLD);
      const later = await open(schema, fewer);
      expect(await found(later, { field: 'title', eq: 'fresh' })).toEqual(['both']);
    });

    test('with migrate set to false it refuses while values are to be moved', async () => {
      const schema = await plant();
      const refused = { name: 'StorageNotFoundError', code: 'NOT_MIGRATED' };
      await expect(open(schema, OLD, { migrate: false })).rejects.toMatchObject(refused);
      await open(schema, OLD);
      const adapter = await open(schema, OLD, { migrate: false });
      expect(await found(adapter, { field: 'size', eq: 5 })).toEqual(['column', 'extra']);
    });
  });
}
