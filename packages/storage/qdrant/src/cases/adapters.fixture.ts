import { newNamespace } from '@drydock/storage/conformance';
import { createQdrantAdapter, type QdrantAdapter } from '../adapter.js';
import type { QdrantRecord } from '../codec.js';
import type { QdrantConfig } from '../config.js';
import { type ConnectionSettings, removeNamespace } from './conformance.fixture.js';

/** A record of the cases. */
export interface Item extends QdrantRecord {
  readonly [property: string]: unknown;
}

/** Adapters that the cases make, each over a collection of its own unless a case names one. */
export interface Adapters {
  readonly settings: ConnectionSettings;
  make(config?: Partial<QdrantConfig>): QdrantAdapter<Item>;
  connected(config?: Partial<QdrantConfig>): Promise<QdrantAdapter<Item>>;
  /** Disconnects them and removes their collections. */
  close(): Promise<void>;
}

/** The ids of a page, in its order. */
export const idsOf = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);

/** Makes adapters for one server, and remembers them. */
export function openAdapters(settings: ConnectionSettings): Adapters {
  const made: QdrantAdapter<Item>[] = [];
  const collections: string[] = [];
  const make = (config: Partial<QdrantConfig> = {}) => {
    const collection = config.collection ?? newNamespace();
    const vector = { size: 2, distance: 'Dot' } as const;
    const adapter = createQdrantAdapter<Item>({ ...settings, vector, ...config, collection });
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
