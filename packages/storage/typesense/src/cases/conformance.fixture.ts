import type { ConformanceOptions } from '@drydock/storage/conformance';
import { createTypesenseAdapter } from '../adapter.js';
import { resolveConnection, type TypesenseConfig } from '../config.js';
import { Connection, type RequestOptions } from '../connection.js';
import type { TypesenseItem, TypesenseQuery } from '../search/query.js';

/** Key of the offline server; must never be seen. */
export const SECRET = 'canary-typesense-4e7b';

/** A record as the conformance suite makes them. */
export interface SampleRecord {
  readonly id?: string;
  readonly scope: string;
  readonly number: number;
  readonly text: string;
  readonly data?: unknown;
}

/** How adapters reach a server. */
export type ConnectionSettings = Pick<TypesenseConfig, 'url' | 'apiKey' | 'driver' | 'tls'>;

/** How adapters reach the server that these variables name. */
export function settingsOf({
  TYPESENSE_URL: url = '',
  TYPESENSE_API_KEY: apiKey = '',
}: NodeJS.ProcessEnv): ConnectionSettings {
  return { url, apiKey };
}

/** What the suite needs to know of this backend; the same for every server. */
export function conformance(
  name: string,
  settings: ConnectionSettings,
  more: Partial<ConformanceOptions<SampleRecord, TypesenseQuery, TypesenseItem<SampleRecord>>> = {},
): ConformanceOptions<SampleRecord, TypesenseQuery, TypesenseItem<SampleRecord>> {
  return {
    name,
    capabilities: {
      ttl: true,
      sharesRequests: true,
      json: true,
      order: 'any',
      stablePages: true,
      roundTrips: { deleteBatch: 1 },
      refusesId: () => false,
    },
    report: () => {},
    createAdapter: ({ namespace, options, password }) =>
      createTypesenseAdapter<SampleRecord>({
        ...settings,
        ...(password !== undefined && { apiKey: password }),
        ...options,
        collection: namespace,
        fields: { scope: 'string', number: 'int64', text: 'string' },
      }),
    namespaces: () => namespaces(settings),
    removeNamespace: (namespace) => removeNamespace(settings, namespace),
    record: (sample) => sample,
    query: (scope, page) => ({ ...page, filter: { scope } }),
    ...more,
  };
}

/** Does something with a client of its own. */
export async function withClient<T>(
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

/** Names of all collections. */
async function namespaces(settings: ConnectionSettings): Promise<string[]> {
  const found = await withClient(settings, (request) => request({ method: 'get', path: '/collections' }));
  return (found as { name: string }[]).map(({ name }) => name);
}

/** Removes a collection, whether it is there or not. */
export async function removeNamespace(settings: ConnectionSettings, collection: string): Promise<void> {
  const path = `/collections/${encodeURIComponent(collection)}`;
  await withClient(settings, (request) =>
    request({ method: 'delete', path }).catch((error) => {
      if (error.httpStatus !== 404) throw new Error('the collection could not be removed');
    }),
  );
}
