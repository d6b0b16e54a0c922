import { newNamespace } from '@drydock/storage/conformance';
import { createPostgresAdapter, type PostgresAdapter } from '../adapter.js';
import type { PostgresConfig } from '../config.js';
import { type ConnectionSettings, removeNamespace, schemaOf } from './conformance.fixture.js';

/** A record of the cases. */
export interface Item {
  readonly id?: string;
  readonly [property: string]: unknown;
}

/** A column of each type. */
export const COLUMNS = {
  title: 'text',
  n: 'integer',
  big: 'bigint',
  ratio: 'double',
  price: 'numeric',
  done: 'boolean',
  at: 'timestamptz',
  key: 'uuid',
  meta: 'jsonb',
} as const;

/** Adapters that the cases make, over tables in one schema. */
export interface Adapters {
  readonly settings: ConnectionSettings;
  readonly schema: string;
  /** The adapter over the table `items`, connected before the first case. */
  readonly adapter: PostgresAdapter<Item>;
  make(table: string, options?: Partial<PostgresConfig>): PostgresAdapter<Item>;
  /** Disconnects that adapter and removes the schema. */
  close(): Promise<void>;
}

/** Makes adapters for one server. */
export function openAdapters(settings: ConnectionSettings): Adapters {
  const schema = schemaOf(newNamespace());
  const make = (table: string, options: Partial<PostgresConfig> = {}) =>
    createPostgresAdapter<Item>({ ...settings, schema, table, columns: COLUMNS, ...options });
  const adapter = make('items', { indexes: [['n', 'title']] });
  return {
    settings,
    schema,
    adapter,
    make,
    async close() {
      await adapter.disconnect();
      await removeNamespace(settings, schema);
    },
  };
}
