import type { ConformanceOptions, Sample } from '@drydock/storage/conformance';
import neo4j from 'neo4j-driver';
import { createNeo4jAdapter } from '../adapter.js';
import { MAX_ID_BYTES } from '../codec.js';
import type { Neo4jConfig } from '../config.js';
import type { FakeNeo4j } from '../fake/index.js';
import type { Entity, Found, GraphRecord } from '../record.js';
import type { Neo4jQuery } from '../search/query.js';

/** Password of the offline server; must never be seen. */
export const PASSWORD = 'canary-bolt-4f8e';

/** How a server is reached. */
export type ConnectionSettings = Pick<
  Neo4jConfig,
  'url' | 'username' | 'password' | 'driver' | 'trustedCertificates'
>;

/** How adapters reach the offline server. */
export function offline(server: FakeNeo4j, scheme: 'bolt' | 'neo4j' = 'bolt'): ConnectionSettings {
  return { ...server.config, url: `${scheme}://memory` };
}

/** How adapters reach the server that the environment names. */
export function live(): ConnectionSettings {
  const { NEO4J_BOLT: url = '', NEO4J_USER: username, NEO4J_PASSWORD: password } = process.env;
  return { url, ...(username && { username }), ...(password && { password }) };
}

/** The same suite for the fake and for a real server. */
export function neo4jConformance(
  name: string,
  settings: ConnectionSettings,
  more: Partial<ConformanceOptions<GraphRecord, Neo4jQuery, Found>> = {},
): ConformanceOptions<GraphRecord, Neo4jQuery, Found> {
  return {
    name,
    capabilities: {
      ttl: true,
      json: true,
      order: 'any',
      stablePages: true,
      refusesId: (id) => Buffer.byteLength(id) > MAX_ID_BYTES,
      roundTrips: {},
    },
    createAdapter: ({ namespace, options, password }) =>
      createNeo4jAdapter({
        ...settings,
        ...(password !== undefined && { password }),
        ...options,
        namespace: labelOf(namespace),
        labels: ['Sample'],
        types: [`SAMPLED_${labelOf(namespace)}`],
      }),
    removeNamespace: (namespace) => removeNamespace(settings, labelOf(namespace)),
    record: toEntity,
    query: (scope, page) => ({ ...page, find: 'entities', where: [{ property: 'scope', eq: scope }] }),
    secrets: settings.password === undefined ? [] : [settings.password],
    authenticates: settings.password !== undefined,
    ...more,
  };
}

/** Removes what a run left on a real server: its entities, their relationships, what it made that ends in `run`. */
export async function removeNamespace(
  settings: ConnectionSettings,
  namespace: string,
  run = namespace,
): Promise<void> {
  const login = neo4j.auth.basic(settings.username ?? 'neo4j', settings.password ?? '');
  const driver = neo4j.driver(settings.url, login);
  const send = (text: string) => driver.executeQuery(text, { run }, { database: 'neo4j' });
  const ours = 'any(part IN labelsOrTypes WHERE part ENDS WITH $run)';
  const drop = async (kind: 'CONSTRAINT' | 'INDEX', condition: string) => {
    const { records } = await send(
      `SHOW ${kind === 'INDEX' ? 'INDEXES' : 'CONSTRAINTS'} YIELD * WHERE ${condition} RETURN name`,
    );
    for (const record of records) await send(`DROP ${kind} \`${record.get('name')}\` IF EXISTS`);
  };
  try {
    await send(`MATCH (n:\`${namespace}\`) DETACH DELETE n`);
    await drop('CONSTRAINT', ours);
    await drop('INDEX', `${ours} AND owningConstraint IS NULL`);
  } finally {
    await driver.close();
  }
}

/** Labels and types that constraints and indexes are about: those of a run among them, for it makes these first. */
export async function labels(settings: ConnectionSettings): Promise<string[]> {
  const login = neo4j.auth.basic(settings.username ?? 'neo4j', settings.password ?? '');
  const driver = neo4j.driver(settings.url, login);
  const show = (kind: string) =>
    driver.executeQuery(`SHOW ${kind} YIELD labelsOrTypes`, {}, { database: 'neo4j' });
  try {
    const found = await Promise.all(['CONSTRAINTS', 'INDEXES'].map(show));
    const names = found.flatMap(({ records }) =>
      records.flatMap((record) => record.get('labelsOrTypes') ?? []),
    );
    return [...new Set<string>(names)];
  } finally {
    await driver.close();
  }
}

/** A namespace as a label. */
export function labelOf(namespace: string): string {
  return namespace.replaceAll('-', '_');
}

function toEntity({ id, ...properties }: Sample): Entity {
  return { ...(id !== undefined && { id }), label: 'Sample', properties };
}
