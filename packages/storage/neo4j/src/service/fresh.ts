import type { ServiceFresh, ServiceVariables } from '@drydock/storage/service';
import neo4j, { type Driver } from 'neo4j-driver';

/** Entities of one transaction: a server's memory limits it. */
const ENTITIES_A_TRANSACTION = 10_000;

/** A test file's part of a Neo4j, whose free edition has one database: the entities and relationships whose label or type holds its name. */
export const fresh: ServiceFresh = {
  async remove(variables, { prefix, includes }, timeoutMs) {
    await withDriver(variables, timeoutMs, async (driver) => {
      // A type may carry the name anywhere, since types are written in capitals before it.
      const isOurs = (name: string) => name.includes(prefix) && includes(name.slice(name.indexOf(prefix)));
      const list = (text: string) => listOf(driver, text);
      for (const label of (await list('CALL db.labels() YIELD label RETURN label')).filter(isOurs))
        await removeAll(driver, `MATCH (n:\`${label}\`) WITH n LIMIT $limit DETACH DELETE n`);
      const types = await list('CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType');
      for (const type of types.filter(isOurs))
        await removeAll(driver, `MATCH ()-[r:\`${type}\`]->() WITH r LIMIT $limit DELETE r`);
      for (const kind of ['CONSTRAINT', 'INDEX'] as const) await dropAll(driver, kind, isOurs);
    });
  },
};

async function removeAll(driver: Driver, text: string): Promise<void> {
  for (;;) {
    const { summary } = await driver.executeQuery(text, { limit: neo4j.int(ENTITIES_A_TRANSACTION) });
    const { nodesDeleted, relationshipsDeleted } = summary.counters.updates();
    if (nodesDeleted + relationshipsDeleted === 0) return;
  }
}

/** An index that belongs to a constraint goes with it. */
async function dropAll(
  driver: Driver,
  kind: 'CONSTRAINT' | 'INDEX',
  isOurs: (name: string) => boolean,
): Promise<void> {
  const shown = kind === 'INDEX' ? 'INDEXES' : 'CONSTRAINTS';
  const { records } = await driver.executeQuery(`SHOW ${shown} YIELD name, labelsOrTypes`);
  for (const record of records) {
    const names: string[] = record.get('labelsOrTypes') ?? [];
    if (names.some(isOurs)) await driver.executeQuery(`DROP ${kind} \`${record.get('name')}\` IF EXISTS`);
  }
}

async function listOf(driver: Driver, text: string): Promise<string[]> {
  const { records } = await driver.executeQuery(text);
  return records.map((record) => String(record.get(0)));
}

async function withDriver(
  { NEO4J_BOLT: url = '', NEO4J_USER: user, NEO4J_PASSWORD: password }: ServiceVariables,
  timeoutMs: number,
  work: (driver: Driver) => Promise<void>,
): Promise<void> {
  const login = password ? neo4j.auth.basic(user || 'neo4j', password) : undefined;
  const driver = neo4j.driver(url, login, {
    connectionTimeout: timeoutMs,
    connectionAcquisitionTimeout: timeoutMs,
    maxTransactionRetryTime: timeoutMs,
  });
  try {
    await work(driver);
  } finally {
    await driver.close();
  }
}
