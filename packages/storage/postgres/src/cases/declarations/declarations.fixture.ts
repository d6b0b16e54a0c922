import { newNamespace } from '@drydock/storage/conformance';
import { createPostgresAdapter, type PostgresAdapter } from '../../adapter.js';
import type { PostgresConfig } from '../../config.js';
import type { Condition } from '../../search/query.js';
import type { Item } from '../adapters.fixture.js';
import { type ConnectionSettings, removeNamespace, schemaOf, withClient } from '../conformance.fixture.js';

/** A record's values, one for each type of column. */
export const VALUES = {
  title: 'red',
  n: 1,
  big: 5,
  ratio: 0.5,
  price: '12.50',
  done: true,
  key: '123e4567-e89b-12d3-a456-426614174000',
  meta: { tags: ['p', null] },
};
/** A time as text. */
export const AT = '2030-05-01T00:00:00.000Z';
/** What finds those values, by field. */
export const FINDS: Readonly<Record<string, Condition>> = {
  title: { field: 'title', gte: 'red' },
  n: { field: 'n', in: [1] },
  big: { field: 'big', gt: 4 },
  ratio: { field: 'ratio', eq: 0.5 },
  price: { field: 'price', eq: '12.50' },
  done: { field: 'done', eq: true },
  key: { field: 'key', eq: VALUES.key },
  meta: { field: 'meta', path: ['tags', 0], eq: 'p' },
};

/** Adapters with different declarations over tables of the cases. */
export function openDeclarations(settings: ConnectionSettings) {
  const schemas: string[] = [];
  const adapters: PostgresAdapter<Item>[] = [];
  return {
    newSchema(): string {
      const schema = schemaOf(newNamespace());
      schemas.push(schema);
      return schema;
    },
    async open(schema: string, columns: PostgresConfig['columns'], more: Partial<PostgresConfig> = {}) {
      const adapter = createPostgresAdapter<Item>({ ...settings, schema, table: 'items', columns, ...more });
      adapters.push(adapter);
      await adapter.connect();
      return adapter;
    },
    query: (text: string) => withClient(settings, (client) => client.query(text)),
    async close(): Promise<void> {
      await Promise.all(adapters.map((adapter) => adapter.disconnect()));
      for (const schema of schemas) await removeNamespace(settings, schema);
    },
  };
}

/** The ids of what a condition finds, in their order. */
export async function found(adapter: PostgresAdapter<Item>, where: Condition): Promise<string[]> {
  return (await adapter.search({ where })).items.map(({ id }) => id);
}
