import type { ConformanceOptions } from '@drydock/storage/conformance';
import { Agent } from 'undici';
import { createQdrantAdapter } from '../adapter.js';
import { type QdrantConfig, resolveConnection } from '../config.js';
import { type Api, createApi, type RequestSettings, requestSettings } from '../connection.js';
import type { QdrantItem, QdrantQuery } from '../search/query.js';

/** Key of the offline server; must never be seen. */
export const SECRET = 'canary-qdrant-4e7b';

/** A record as the conformance suite makes them, with a vector. */
export interface SampleRecord {
  readonly id?: string;
  readonly scope: string;
  readonly number: number;
  readonly text: string;
  readonly data?: unknown;
  readonly vector: readonly number[];
}

/** How adapters reach a server. */
export type ConnectionSettings = Pick<QdrantConfig, 'url' | 'apiKey' | 'driver'>;

/** How adapters reach the server that these variables name. */
export function settingsOf({
  QDRANT_URL: url = '',
  QDRANT_API_KEY: apiKey,
}: NodeJS.ProcessEnv): ConnectionSettings {
  return { url, ...(apiKey && { apiKey }) };
}

/** What the suite needs to know of this backend; the same for every server. */
export function conformance(
  name: string,
  settings: ConnectionSettings,
  more: Partial<ConformanceOptions<SampleRecord, QdrantQuery, QdrantItem<SampleRecord>>> = {},
): ConformanceOptions<SampleRecord, QdrantQuery, QdrantItem<SampleRecord>> {
  return {
    name,
    capabilities: {
      ttl: true,
      sharesRequests: true,
      json: true,
      order: 'any',
      stablePages: true,
      roundTrips: {},
      refusesId: () => false,
    },
    report: () => {},
    createAdapter: ({ namespace, options, password }) =>
      createQdrantAdapter<SampleRecord>({
        ...settings,
        ...(password !== undefined && { apiKey: password }),
        ...options,
        collection: namespace,
        // Dot returns vectors unchanged, where Cosine would normalise them.
        vector: { size: 2, distance: 'Dot' },
        indexes: { scope: 'keyword' },
      }),
    namespaces: () => namespaces(settings),
    removeNamespace: (namespace) => removeNamespace(settings, namespace),
    record: (sample) => ({ ...sample, vector: [sample.number, 0.5] }),
    query: (scope, page) => ({
      ...page,
      filter: { must: [{ key: 'scope', match: { value: scope } }] },
      withVector: true,
    }),
    ...more,
  };
}

/** Does something with a client of its own. */
export async function withClient<T>(
  settings: ConnectionSettings,
  work: (api: Api, init: RequestSettings) => Promise<T>,
): Promise<T> {
  const connection = resolveConnection(settings);
  const agent = new Agent(connection.agent);
  try {
    return await work(createApi(connection), requestSettings(agent, AbortSignal.timeout(10_000)));
  } finally {
    await agent.destroy();
  }
}

/** Names of all collections. */
async function namespaces(settings: ConnectionSettings): Promise<string[]> {
  const { data } = await withClient(settings, (api, init) => api.getCollections({}, init));
  return (data.result?.collections ?? []).map(({ name }) => name);
}

/** Removes a collection, whether it is there or not. */
export async function removeNamespace(settings: ConnectionSettings, collection: string): Promise<void> {
  await withClient(settings, (api, init) => api.deleteCollection({ collection_name: collection }, init));
}
