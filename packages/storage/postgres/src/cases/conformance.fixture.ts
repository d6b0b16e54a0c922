import type { Stored } from '@drydock/storage';
import { type ConformanceOptions, newNamespace } from '@drydock/storage/conformance';
import pg from 'pg';
import { createPostgresAdapter } from '../adapter.js';
import { MAX_ID_BYTES } from '../codec.js';
import type { PostgresConfig } from '../config.js';
import type { FakePostgres } from '../fake/index.js';
import type { PostgresQuery } from '../search/query.js';

/** Password of the offline server; must never be seen. */
export const PASSWORD = 'canary-pglite-5c1d';

/** A record as the conformance suite makes them. */
export interface SampleRecord {
  readonly id?: string;
  readonly scope: string;
  readonly number: number;
  readonly text: string;
  readonly data?: unknown;
}

/** How a server is reached. */
export type ConnectionSettings = Pick<PostgresConfig, 'url' | 'driver' | 'tls'>;

/** How adapters reach the offline server. */
export function offline(server: FakePostgres): ConnectionSettings {
  return server.config;
}

/** The same suite for the fake and for a real server. */
export function postgresConformance(
  name: string,
  settings: ConnectionSettings,
  more: Partial<ConformanceOptions<SampleRecord, PostgresQuery, Stored<SampleRecord>>> = {},
): ConformanceOptions<SampleRecord, PostgresQuery, Stored<SampleRecord>> {
  return {
    name,
    capabilities: {
      ttl: true,
      json: true,
      order: 'newest-first',
      stablePages: true,
      refusesId: (id) => id.includes('\0') || Buffer.byteLength(id) > MAX_ID_BYTES,
      roundTrips: {},
    },
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
    namespaces: () => schemas(settings),
    removeNamespace: (namespace) =>
      withClient(settings, (client) =>
        client.query(`DROP SCHEMA IF EXISTS "${schemaOf(namespace)}" CASCADE`),
      ),
    record: (sample) => sample,
    query: (scope, page) => ({
      ...page,
      where: { field: 'scope', eq: scope },
      orderBy: [{ field: 'number', direction: 'desc' }],
    }),
    ...more,
  };
}

/** Does something over a connection of its own. */
export async function withClient(
  { url, driver }: ConnectionSettings,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ ...driver, connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A schema that nothing else uses. */
export function uniqueSchema(): string {
  return schemaOf(newNamespace());
}

/** Schemas of runs. */
async function schemas(settings: ConnectionSettings): Promise<string[]> {
  const names: string[] = [];
  await withClient(settings, async (client) => {
    const { rows } = await client.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'drydock\\_%'");
    names.push(...rows.map(({ nspname }) => nspname));
  });
  return names;
}

function schemaOf(namespace: string): string {
  return namespace.replaceAll('-', '_');
}
