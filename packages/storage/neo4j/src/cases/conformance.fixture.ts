import type { ConformanceOptions, Sample } from '@drydock/storage/conformance';
import neo4j, { type Driver } from 'neo4j-driver';
import { createNeo4jAdapter } from '../adapter.js';
import { MAX_ID_BYTES } from '../codec.js';
import type { Neo4jConfig } from '../config.js';
import type { Entity, Found, GraphRecord } from '../record.js';
import type { Neo4jQuery } from '../search/query.js';

/** Password of the offline server; must never be seen. */
export const SECRET = 'canary-bolt-4f8e';

/** How adapters reach a server. */
export type ConnectionSettings = Pick<
  Neo4jConfig,
  'url' | 'username' | 'password' | 'driver' | 'trustedCertificates'
>;

/** How adapters reach the server that these variables name. */
export function settingsOf({
  NEO4J_BOLT: url = '',
  NEO4J_USER: username,
  NEO4J_PASSWORD: password,
}: NodeJS.ProcessEnv): ConnectionSettings {
  return { url, ...(username && { username }), ...(password && { password }) };
}

/** What the suite needs to know of this backend; the same for every server. */
export function conformance(
  name: string,
  settings: ConnectionSettings,
  more: Partial<ConformanceOptions<GraphRecord, Neo4jQuery, Found>> = {},
): ConformanceOptions<GraphRecord, Neo4jQuery, Found> {
  return {
    name,
    capabilities: {
      ttl: true,
      sharesRequests: true,
      json: true,
      order: 'any',
      stablePages: true,
      refusesId: (id) => Buffer.byteLength(id) > MAX_ID_BYTES,
      roundTrips: {},
    },
    report: () => {},
    createAdapter: ({ namespace, options, password }) =>
      createNeo4jAdapter({
        ...settings,
        ...(password !== undefined && { password }),
        ...options,
        namespace: labelOf(namespace),
        labels: ['Sample'],
        types: [`SAMPLED_${labelOf(namespace)}`],
      }),
    namespaces: () => namespaces(settings),
    removeNamespace: (namespace) => removeNamespace(settings, labelOf(namespace)),
    corrupt: (namespace, id) => corrupt(settings, labelOf(namespace), id),
    increment: (record) => ({
      ...record,
      properties: { ...record.properties, number: Number(record.properties.number) + 1 },
    }),
    record: toEntity,
    query: (scope, page) => ({ ...page, find: 'entities', where: [{ property: 'scope', eq: scope }] }),
    ...more,
  };
}

/** Does something with a driver of its own. */
export async function withClient<T>(
  { url, username = 'neo4j', password = '' }: ConnectionSettings,
  work: (driver: Driver) => Promise<T>,
): Promise<T> {
  const driver = neo4j.driver(url, neo4j.auth.basic(username, password));
  try {
    return await work(driver);
  } finally {
    await driver.close();
  }
}

/** Labels and types that have constraints or indexes, which a run makes before anything else. */
function namespaces(settings: ConnectionSettings): Promise<string[]> {
  return withClient(settings, async (driver) => {
    const show = (kind: string) =>
      driver.executeQuery(`SHOW ${kind} YIELD labelsOrTypes`, {}, { database: 'neo4j' });
    const found = await Promise.all(['CONSTRAINTS', 'INDEXES'].map(show));
    const names = found.flatMap(({ records }) =>
      records.flatMap((record) => record.get('labelsOrTypes') ?? []),
    );
    return [...new Set<string>(names)];
  });
}

/** Removes what a run left on a real server: entities, relationships, and constraints and indexes that end in `run`. */
export async function removeNamespace(
  settings: ConnectionSettings,
  namespace: string,
  run = namespace,
): Promise<void> {
  await withClient(settings, async (driver) => {
    const send = (text: string) => driver.executeQuery(text, { run }, { database: 'neo4j' });
    const ours = 'any(part IN labelsOrTypes WHERE part ENDS WITH $run)';
    const drop = async (kind: 'CONSTRAINT' | 'INDEX', condition: string) => {
      const { records } = await send(
        `SHOW ${kind === 'INDEX' ? 'INDEXES' : 'CONSTRAINTS'} YIELD * WHERE ${condition} RETURN name`,
      );
      for (const record of records) await send(`DROP ${kind} \`${record.get('name')}\` IF EXISTS`);
    };
    await send(`MATCH (n:\`${namespace}\`) DETACH DELETE n`);
    await drop('CONSTRAINT', ours);
    await drop('INDEX', `${ours} AND owningConstraint IS NULL`);
  });
}

/** Breaks what the adapter keeps as JSON. */
async function corrupt(settings: ConnectionSettings, namespace: string, id: string): Promise<void> {
  await withClient(settings, (driver) =>
    driver.executeQuery(
      `MATCH (n:\`${namespace}\` {id: $id}) SET n._json = 'no JSON'`,
      { id },
      { database: 'neo4j' },
    ),
  );
}

/** A namespace as a label. */
export function labelOf(namespace: string): string {
  return namespace.replaceAll('-', '_');
}

function toEntity({ id, ...properties }: Sample): Entity {
  return { ...(id !== undefined && { id }), label: 'Sample', properties };
}
