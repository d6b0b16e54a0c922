import { newNamespace } from '@drydock/storage/conformance';
import { createTypesenseAdapter, type TypesenseAdapter } from '../adapter.js';
import type { TypesenseRecord } from '../codec.js';
import type { TypesenseConfig } from '../config.js';
import { type ConnectionSettings, removeNamespace } from './conformance.fixture.js';

/** A record of the cases. */
export interface Item extends TypesenseRecord {
  readonly [property: string]: unknown;
}

/** Adapters that the cases make, each over a collection of its own unless a case names one. */
export interface Adapters {
  readonly settings: ConnectionSettings;
  make(config?: Partial<TypesenseConfig>): TypesenseAdapter<Item>;
  connected(config?: Partial<TypesenseConfig>): Promise<TypesenseAdapter<Item>>;
  /** Disconnects them and removes their collections. */
  close(): Promise<void>;
}

const FIELDS: TypesenseConfig['fields'] = {
  kind: { type: 'string', facet: true },
  year: 'int32',
  price: 'float',
  ok: 'bool',
  tags: { type: 'string[]', facet: true },
  text: 'string',
  vec: { type: 'float[]', num_dim: 2 },
};

/** The ids of a page, in its order. */
export const idsOf = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);

/** Makes adapters for one server, and remembers them. */
export function openAdapters(settings: ConnectionSettings): Adapters {
  const made: TypesenseAdapter<Item>[] = [];
  const collections: string[] = [];
  const make = (config: Partial<TypesenseConfig> = {}) => {
    const collection = config.collection ?? newNamespace();
    const adapter = createTypesenseAdapter<Item>({ ...settings, fields: FIELDS, ...config, collection });
    made.push(adapter);
    collections.push(collection);
    return adapter;
  };
  return {
    settings,
    make,
    async connected(config = {}) {
      const adapter = make(config);
      await adapter.connect();
      return adapter;
    },
    async close() {
      await Promise.all(made.map((adapter) => adapter.disconnect()));
      for (const collection of new Set(collections)) await removeNamespace(settings, collection);
    },
  };
}
