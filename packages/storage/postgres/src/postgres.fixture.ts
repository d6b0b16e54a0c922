import type { Stored } from '@drydock/storage';
import type { ConformanceOptions, FaultKit, ServerFault } from '@drydock/storage/conformance';
import pg from 'pg';
import { createPostgresAdapter } from './adapter.js';
import { MAX_ID_BYTES } from './codec.js';
import type { PostgresOptions } from './config.js';
import type { PostgresQuery } from './query.js';
import type { PgliteServer } from './testing/index.js';

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

/** How adapters reach the offline server. */
export function offline(server: PgliteServer, password = PASSWORD) {
  const url = `postgresql://postgres:${password}@memory/${server.database}`;
  return { url, stream: server.stream } satisfies Partial<PostgresOptions>;
}

/** What the suite needs to know of this backend; the same for every server. */
export function conformance(
  name: string,
  reach: (password?: string) => Pick<PostgresOptions, 'url' | 'stream'>,
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
    authenticates: true,
    createAdapter: ({ namespace, options, password }) =>
      createPostgresAdapter<SampleRecord>({
        ...reach(password),
        ...options,
        schema: schemaOf(namespace),
        table: 'samples',
        columns: { scope: 'text', number: 'integer', text: 'text' },
        indexes: [['scope', 'number']],
      }),
    removeNamespace: (namespace) =>
      withClient(reach(), (client) => client.query(`DROP SCHEMA "${schemaOf(namespace)}" CASCADE`)),
    record: (sample) => sample,
    query: (scope, page) => ({
      ...page,
      where: { field: 'scope', eq: scope },
      orderBy: [{ field: 'number', direction: 'desc' }],
    }),
  };
}

/** The offline server's faults in the suite's words. */
export function faultKit(server: PgliteServer): FaultKit {
  const faults: Record<ServerFault, () => void> = {
    refuse: () => {
      server.refuse({ kind: 'socket', code: 'ECONNREFUSED' });
      server.resetAll();
    },
    silence: () => server.silence(),
    'drop-unapplied': () => server.drop(/(?:)/, 'before'),
    'drop-applied': () => server.drop(/(?:)/, 'after'),
  };
  return {
    set(fault) {
      server.recover();
      if (fault) faults[fault]();
    },
    requests: () => server.exchanges,
  };
}

/** Does something over a connection of its own. */
export async function withClient(
  { url, stream }: Pick<PostgresOptions, 'url' | 'stream'>,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, ...(stream && { stream }) });
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function schemaOf(namespace: string): string {
  return namespace.replaceAll('-', '_');
}
