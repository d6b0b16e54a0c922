import type { FreshRequest, FreshTemplate, ServiceFresh } from '@drydock/storage/service';
import pg from 'pg';

/** SQLSTATE of a template that is not there yet. */
const NO_DATABASE = '3D000';
/** Ends the name of a template while it is filled, so that nobody copies half of it. */
const UNFINISHED = '_b';

/** A test file's part of a PostgreSQL: a database of its own, copied from the template of its run. */
export const fresh: ServiceFresh = {
  async create(request) {
    const { POSTGRES_URL: url = '' } = request.variables;
    await withClient(url, request.timeoutMs, (client) => createPart(client, url, request));
    return { POSTGRES_URL: addressOf(url, request.name) };
  },

  async remove({ POSTGRES_URL: url = '' }, { prefix, includes }, timeoutMs) {
    await withClient(url, timeoutMs, async (client) => {
      const { rows } = await client.query<{ datname: string }>(
        'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
        [prefix],
      );
      for (const { datname } of rows) if (includes(datname)) await drop(client, datname);
    });
  },
};

async function createPart(client: pg.Client, url: string, { name, template }: FreshRequest): Promise<void> {
  if (template === undefined) return createDatabase(client, name);
  try {
    await createDatabase(client, name, template.name);
  } catch (error) {
    if ((error as { code?: string }).code !== NO_DATABASE) throw error;
    await makeTemplate(client, url, template);
    await createDatabase(client, name, template.name);
  }
}

/** Makes the template unless another process of the run did so while this one waited. */
async function makeTemplate(client: pg.Client, url: string, { name, migrate }: FreshTemplate): Promise<void> {
  const unfinished = `${name}${UNFINISHED}`;
  await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    // One of a process that was killed while it filled it.
    await drop(client, unfinished);
    await createDatabase(client, unfinished);
    try {
      await migrate({ POSTGRES_URL: addressOf(url, unfinished) });
      await endSessions(client, unfinished);
      await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${name}"`);
    } catch (error) {
      await drop(client, unfinished).catch(() => undefined);
      throw error;
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtext($1))', [name]).catch(() => undefined);
  }
}

async function createDatabase(client: pg.Client, name: string, template = 'template1'): Promise<void> {
  await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
}

async function drop(client: pg.Client, name: string): Promise<void> {
  await endSessions(client, name);
  await client.query(`DROP DATABASE IF EXISTS "${name}"`);
}

/** Pools that a test or a migration left open would keep the database. */
async function endSessions(client: pg.Client, name: string): Promise<void> {
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
}

/** The same address with another database. */
function addressOf(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

async function withClient(
  connectionString: string,
  timeoutMs: number,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: timeoutMs });
  // An idle client that loses its server throws where nobody listens.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
