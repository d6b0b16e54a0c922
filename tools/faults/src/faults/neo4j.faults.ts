import { createNeo4jAdapter, type Neo4jConfig } from '@drydock/storage-neo4j';
import neo4j from 'neo4j-driver';
import { describe } from 'vitest';
import { faultsOf } from '../faults-of.js';
import { given } from '../faults-variable.js';
import { answering, closedPort } from '../loopback-servers.js';

const url = given('NEO4J_BOLT') ?? 'bolt://localhost:1';
const password = given('NEO4J_PASSWORD') ?? '';

describe.skipIf(!given('NEO4J_BOLT'))('neo4j', () => {
  const driver = faultsOf('Neo4j, driver');
  const adapter = faultsOf('Neo4j, adapter');

  async function run(
    address: string,
    secret: string,
    database = 'neo4j',
    statement = 'RETURN 1',
  ): Promise<void> {
    const client = neo4j.driver(address, neo4j.auth.basic('neo4j', secret), {
      maxTransactionRetryTime: 0,
      connectionAcquisitionTimeout: 8_000,
    });
    try {
      await client.executeQuery(statement, {}, { database });
    } finally {
      await client.close();
    }
  }

  async function connected(
    config: Pick<Neo4jConfig, 'url' | 'password'> & Partial<Neo4jConfig>,
  ): Promise<void> {
    const graph = createNeo4jAdapter({
      namespace: 'Faults',
      labels: ['Person'],
      retry: { maxAttempts: 1 },
      ...config,
    });
    try {
      await graph.connect();
    } finally {
      await graph.disconnect();
    }
  }

  driver('wrong password', 'environment / login', () => run(url, 'not-the-password'));
  adapter('wrong password', 'environment / login', () => connected({ url, password: 'not-the-password' }));
  driver('a database that does not exist', 'environment / wrong-database', () =>
    run(url, password, 'nosuchdb'),
  );
  adapter('a database that does not exist', 'environment / wrong-database', () =>
    connected({ url, password, database: 'nosuchdb' }),
  );
  driver('nothing listens', 'environment / unavailable', async () =>
    run(`bolt://127.0.0.1:${await closedPort()}`, password),
  );
  adapter('nothing listens', 'environment / refused', async () =>
    connected({ url: `bolt://127.0.0.1:${await closedPort()}`, password }),
  );
  adapter('what answers speaks HTTP', 'environment / wrong-service', async () =>
    connected({ url: `bolt://127.0.0.1:${await answering(200, {})}`, password }),
  );
  adapter('the server speaks no TLS', 'environment / tls', () =>
    connected({ url: url.replace('bolt:', 'bolt+s:'), password }),
  );
  faultsOf('planted in a statement')('Cypher with a mistake', 'defect / rejected', () =>
    run(url, password, 'neo4j', 'MTACH (n) RETURN n'),
  );
  driver('too many wrong logins', 'environment / rate-limit', async () => {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      try {
        await run(url, 'not-the-password');
      } catch (error) {
        if ((error as { code?: string }).code?.endsWith('AuthenticationRateLimit')) throw error;
      }
    }
  });
});
