import {
  type ConformanceOptions,
  type FaultKit,
  newNamespace,
  type ServerFault,
} from '@drydock/storage/conformance';
import { createTypesenseAdapter } from '../adapter.js';
import { resolveConnection, type TypesenseConfig } from '../config.js';
import { Connection, type RequestOptions } from '../connection.js';
import type { FakeTypesense } from '../fake/index.js';
import type { TypesenseItem, TypesenseQuery } from '../search/query.js';

/** Key of the offline server; must never be seen. */
export const API_KEY = 'canary-typesense-4e7b';

/** A record as the conformance suite makes them. */
export interface SampleRecord {
  readonly id?: string;
  readonly scope: string;
  readonly number: number;
  readonly text: string;
  readonly data?: unknown;
}

/** How a server is reached. */
export type ConnectionSettings = Pick<TypesenseConfig, 'url' | 'apiKey' | 'driver' | 'tls'>;

/** How adapters reach the offline server. */
export function offline({ config }: FakeTypesense, apiKey = config.apiKey): ConnectionSettings {
  return { ...config, apiKey };
}

/** A collection that nothing else uses. */
export function uniqueCollection(): string {
  return newNamespace();
}

/** What the suite needs to know of this backend; the same for every server. */
export function conformance(
  name: string,
  settings: (password?: string) => ConnectionSettings,
): ConformanceOptions<SampleRecord, TypesenseQuery, TypesenseItem<SampleRecord>> {
  return {
    name,
    capabilities: {
      ttl: true,
      json: true,
      order: 'any',
      stablePages: true,
      roundTrips: { deleteBatch: 1 },
    },
    createAdapter: ({ namespace, options, password }) =>
      createTypesenseAdapter<SampleRecord>({
        ...settings(password),
        ...options,
        collection: namespace,
        fields: { scope: 'string', number: 'int64', text: 'string' },
      }),
    namespaces: () => collections(settings()),
    removeNamespace: (namespace) => removeCollection(settings(), namespace),
    record: (sample) => sample,
    query: (scope, page) => ({ ...page, filter: { scope } }),
  };
}

/** The offline server's faults in the suite's words. */
export function faultKit(server: FakeTypesense): FaultKit {
  const faults: Record<ServerFault, () => void | Promise<void>> = {
    refuse: () => server.refuse(),
    silence: () => server.silence(),
    'drop-unapplied': () => server.drop(/(?:)/, 'before'),
    'drop-applied': () => server.drop(/(?:)/, 'after'),
  };
  return {
    set(fault) {
      server.recover();
      return fault && faults[fault]();
    },
    requests: () => server.requests,
  };
}

/** Sends requests by a connection of its own. */
export async function withConnection<T>(
  settings: ConnectionSettings,
  work: (request: (options: RequestOptions) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const connection = new Connection(resolveConnection(settings));
  const attempt = { signal: AbortSignal.timeout(20_000), remainingMs: () => 1, sending: () => {} };
  connection.open();
  try {
    return await work((options) => connection.request(attempt, options));
  } finally {
    await connection.close();
  }
}

/** Collections that are there. */
async function collections(settings: ConnectionSettings): Promise<string[]> {
  const found = await withConnection(settings, (request) => request({ method: 'get', path: '/collections' }));
  return (found as { name: string }[]).map(({ name }) => name);
}

/** Removes a collection, whether it is there or not. */
export async function removeCollection(settings: ConnectionSettings, collection: string): Promise<void> {
  const path = `/collections/${encodeURIComponent(collection)}`;
  await withConnection(settings, (request) =>
    request({ method: 'delete', path }).catch((error) => {
      if (error.httpStatus !== 404) throw new Error('the collection could not be removed');
    }),
  );
}
