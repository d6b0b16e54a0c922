import pg from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { FakePostgres } from '../fake/index.js';
import { SECRET } from './conformance.fixture.js';

/** The server that the tests of a file share. */
export let server: FakePostgres;
const clients: pg.Client[] = [];

/** Starts the server before the first test, ends the clients of each test after it, and the server after the last. */
export function manageServer(): void {
  beforeAll(async () => {
    server = await FakePostgres.start({ password: SECRET });
  }, 30_000);

  afterEach(async () => {
    server.recover();
    await Promise.all(clients.splice(0).map((client) => client.end()));
  });

  afterAll(async () => {
    await server.close();
  });
}

/** Makes a client. */
export function makeClient(overrides: pg.ClientConfig = {}): pg.Client {
  const client = new pg.Client({
    ...server.driver,
    host: 'memory',
    user: 'postgres',
    database: 'postgres',
    password: SECRET,
    ...overrides,
  });
  client.on('error', () => undefined);
  return client;
}

/** Makes and connects a client that is ended after the test. */
export async function connected(overrides: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = makeClient(overrides);
  await client.connect();
  clients.push(client);
  return client;
}
