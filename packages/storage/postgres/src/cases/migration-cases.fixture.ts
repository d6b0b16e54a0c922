import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, describe, expect, test } from 'vitest';
import { createPostgresAdapter } from '../adapter.js';
import type { PostgresConfig } from '../config.js';
import { type ConnectionSettings, schemaOf, withClient } from './conformance.fixture.js';

/** How tables are created and changed; run on the offline server and on a live one. */
export function migrationCases(name: string, settings: ConnectionSettings): void {
  describe(`postgres migration: ${name}`, () => {
    const schemas: string[] = [];
    const newSchema = () => {
      const schema = schemaOf(newNamespace());
      schemas.push(schema);
      return schema;
    };
    const make = (schema: string, options: Partial<PostgresConfig> = {}) =>
      createPostgresAdapter<{ id?: string; n?: number; title?: string }>({
        ...settings,
        schema,
        table: 'items',
        columns: { n: 'integer' },
        ...options,
      });
    const once = async (schema: string, options: Partial<PostgresConfig> = {}) => {
      // With a deadline that a busy machine does not come near, no statement has to shorten the server's own.
      const adapter = make(schema, { timeoutMs: 60_000, connectTimeoutMs: 60_000, ...options });
      try {
        await adapter.connect();
        return adapter.getMetrics().operations.connect?.roundTrips;
      } finally {
        await adapter.disconnect();
      }
    };

    afterAll(() =>
      withClient(settings, async (client) => {
        for (const schema of schemas) await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
      }),
    );

    test('creates what is missing once; later connects take two round trips, one to find a pooler', async () => {
      const schema = newSchema();
      expect(await once(schema, { indexes: [['n']] })).toBe(4);
      expect(await once(schema, { indexes: [['n']] })).toBe(2);
      expect(await once(schema, { indexes: [['n']], pooler: false })).toBe(1);
    });

    test('may be run by many at once', async () => {
      const schema = newSchema();
      const adapters = Array.from({ length: 8 }, () => make(schema, { indexes: [['n']] }));
      await Promise.all(adapters.map((adapter) => adapter.connect()));
      for (const adapter of adapters) {
        expect(adapter.getMetrics().operations.connect).toMatchObject({ attempts: 1, failed: 0 });
      }
      await Promise.all(adapters.map((adapter) => adapter.disconnect()));
    });

    test('adds a column and an index to a table in use and keeps its rows', async () => {
      const schema = newSchema();
      const old = make(schema);
      await old.connect();
      await old.store({ id: 'a', n: 1, title: 'kept among the extras' });
      const grown = make(schema, { columns: { n: 'integer', title: 'text' }, indexes: [['title']] });
      await grown.connect();
      await grown.store({ id: 'b', n: 2, title: 'in its column' });
      expect(await old.retrieveBatch(['a', 'b'])).toEqual([
        { id: 'a', n: 1, title: 'kept among the extras' },
        { id: 'b', n: 2, title: 'in its column' },
      ]);
      expect(await grown.retrieve('a')).toEqual({ id: 'a', n: 1, title: 'kept among the extras' });
      await Promise.all([old.disconnect(), grown.disconnect()]);
    });

    test('refuses a column that exists with another type, and changes nothing', async () => {
      const schema = newSchema();
      await once(schema);
      await expect(once(schema, { columns: { n: 'text', more: 'text' } })).rejects.toMatchObject({
        name: 'StorageQueryError',
        code: 'COLUMN_TYPE',
        retriable: false,
        detail: expect.stringContaining('"n"'),
      });
      expect(await once(schema, { migrate: false })).toBe(2);
    });

    test('is switched off by migrate set to false: what is missing is an error', async () => {
      const schema = newSchema();
      const expected = { name: 'StorageNotFoundError', code: 'NOT_MIGRATED', retriable: false };
      await expect(once(schema, { migrate: false })).rejects.toMatchObject(expected);
      await once(schema);
      await expect(once(schema, { migrate: false, indexes: [['n']] })).rejects.toMatchObject(expected);
    });

    test('needs no privilege to create where nothing is missing', async () => {
      const schema = newSchema();
      await once(schema);
      const role = `${schema}_guest`;
      await withClient(settings, async (client) => {
        await client.query(`CREATE ROLE "${role}"`);
        await client.query(`GRANT USAGE ON SCHEMA "${schema}" TO "${role}"`);
        await client.query(
          `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${schema}" TO "${role}"`,
        );
      });
      const url = `${settings.url}?options=${encodeURIComponent(`-c role=${role}`)}`;
      try {
        expect(await once(schema, { url })).toBe(2);
        await expect(once(newSchema(), { url })).rejects.toMatchObject({
          name: 'StorageQueryError',
          code: '42501',
          detail: expect.stringContaining('privilege'),
        });
      } finally {
        await withClient(settings, (client) => client.query(`DROP OWNED BY "${role}"; DROP ROLE "${role}"`));
      }
    });

    test('a table that is dropped later is not found, and connecting again brings it back', async () => {
      const schema = newSchema();
      const adapter = make(schema);
      await adapter.connect();
      await withClient(settings, (client) => client.query(`DROP TABLE "${schema}"."items"`));
      await expect(adapter.store({ n: 1 })).rejects.toMatchObject({
        name: 'StorageNotFoundError',
        code: '42P01',
        outcome: 'rejected',
      });
      await adapter.disconnect();
      await adapter.connect();
      await adapter.store({ id: 'a', n: 1 });
      expect(await adapter.retrieve('a')).toEqual({ id: 'a', n: 1 });
      await adapter.disconnect();
    });
  });
}
