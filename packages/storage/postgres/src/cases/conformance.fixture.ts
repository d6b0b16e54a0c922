import type { Stored } from '@drydock/storage';
import type { ConformanceOptions } from '@drydock/storage/conformance';
import pg from 'pg';
import { createPostgresAdapter } from '../adapter.js';
import { MAX_ID_BYTES } from '../codec.js';
import type { PostgresConfig } from '../config.js';
import type { PostgresQuery } from '../search/query.js';

/** Password of the offline server; must never be seen. */
export const SECRET = 'canary-pglite-5c1d';

/** A record as the conformance suite makes them. */
export interface SampleRecord {
  readonly id?: string;
  readonly scope: string;
  readonly number: number;
  readonly text: string;
  readonly data?: unknown;
}

/** How adapters reach a server. */
export type ConnectionSettings = Pick<PostgresConfig, 'url' | 'driver' | 'tls'>;

/** How adapters reach the server that these variables name. */
export function settingsOf({ POSTGRES_URL: url = '' }: NodeJS.ProcessEnv): ConnectionSettings {
  return { url };
}

/** What the suite needs to know of this backend; the same for every server. */
export function conformance(
  name: string,
  settings: ConnectionSettings,
  more: Partial<ConformanceOptions<SampleRecord, PostgresQuery, Stored<SampleRecord>>> = {},
): ConformanceOptions<SampleRecord, PostgresQuery, Stored<SampleRecord>> {
  return {
    name,
    capabilities: {
      ttl: true,
      sharesRequests: true,
      json: true,
      order: 'newest-first',
      stablePages: true,
      refusesId: (id) => id.includes('\0') || Buffer.byteLength(id) > MAX_ID_BYTES,
      roundTrips: {},
    },
    report: () => {},
    createAdapter: ({ namespace, options, password }) =>
      createPostgresAdapter<SampleRecord>({
        ...settings,
        ...(password !== undefined && { password }),
        ...options,
        schema: schemaOf(namespace),
        table: 'samples',
        columns: { scope: 'text', number: 'integer', text: 'text' },
        indexes: [['scope', 'number']],
      }),
    namespaces: () => namespaces(settings),
    removeNamespace: (namespace) => removeNamespace(settings, namespace),
    record: (sample) => sample,
    query: (scope, page) => ({
      ...page,
      where: { field: 'scope', eq: scope },
      orderBy: [{ field: 'number', direction: 'desc' }],
    }),
    ...more,
  };
}

/** Does something with a client of its own. */
export async function withClient<T>(
  { url, driver }: ConnectionSettings,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...driver, connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Schemas of runs. */
function namespaces(settings: ConnectionSettings): Promise<string[]> {
  return withClient(settings, async (client) => {
    const { rows } = await client.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'drydock\\_%'");
    return rows.map(({ nspname }) => nspname);
  });
}

/** Removes the schema of a run, whether it is there or not. */
export async function removeNamespace(settings: ConnectionSettings, namespace: string): Promise<void> {
  const drop = `DROP SCHEMA IF EXISTS "${schemaOf(namespace)}" CASCADE`;
  await withClient(settings, (client) => client.query(drop));
}

/** A namespace as a schema. */
export function schemaOf(namespace: string): string {
  return namespace.replaceAll('-', '_');
}
