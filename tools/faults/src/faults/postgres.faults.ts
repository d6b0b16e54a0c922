import { createPostgresAdapter } from '@drydock/storage-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { faultsOf } from '../faults-of.js';
import { given } from '../faults-variable.js';
import { closedPort } from '../loopback-servers.js';

const url = given('POSTGRES_URL') ?? 'postgresql://u:p@localhost:1/postgres';
const disk = given('POSTGRES_DISK');

function changed(change: (address: URL) => void): string {
  const address = new URL(url);
  change(address);
  return address.href;
}

const wrongPassword = changed((address) => {
  address.password = 'not-the-password';
});
const wrongDatabase = changed((address) => {
  address.pathname = '/no_such_database';
});
const asUser = (user: string) =>
  changed((address) => {
    address.username = user;
    address.password = `${user}-password`;
  });

describe.skipIf(!given('POSTGRES_URL'))('postgres', () => {
  const admin = new pg.Client({ connectionString: url });
  admin.on('error', () => {});

  beforeAll(async () => {
    await admin.connect();
    await admin.query(`CREATE ROLE nobody LOGIN PASSWORD 'nobody-password'`);
    await admin.query(`CREATE ROLE crowded LOGIN PASSWORD 'crowded-password' CONNECTION LIMIT 0`);
    await admin.query(`CREATE ROLE readonly LOGIN PASSWORD 'readonly-password' SUPERUSER`);
    await admin.query(`ALTER ROLE readonly SET default_transaction_read_only = on`);
    await admin.query('CREATE TABLE secret_table (id int)');
  });
  afterAll(() => admin.end());

  const driver = faultsOf('PostgreSQL, driver');
  const adapter = faultsOf('PostgreSQL, adapter');

  async function query(address: string, text: string, config = {}): Promise<void> {
    const client = new pg.Client({ connectionString: address, ...config });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(text);
    } finally {
      await client.end().catch(() => {});
    }
  }

  async function stored(address: string, config = {}): Promise<void> {
    const records = createPostgresAdapter<{ id?: string; text: string }>({
      url: address,
      table: 'faults',
      columns: { text: 'text' },
      retry: { maxAttempts: 1 },
      ...config,
    });
    try {
      await records.connect();
      await records.store({ id: 'a', text: 'a' });
    } finally {
      await records.disconnect();
    }
  }

  driver('wrong password', 'environment / login', () => query(wrongPassword, 'SELECT 1'));
  adapter('wrong password', 'environment / login', () => stored(wrongPassword));
  driver('an unknown user', 'environment / login', () => query(asUser('no_such_user'), 'SELECT 1'));
  driver('no password is set', 'environment / login', () =>
    query(
      changed((address) => {
        address.password = '';
      }),
      'SELECT 1',
    ),
  );
  driver('a database that does not exist', 'environment / wrong-database', () =>
    query(wrongDatabase, 'SELECT 1'),
  );
  adapter('a database that does not exist', 'environment / wrong-database', () => stored(wrongDatabase));
  driver('a schema that does not exist', 'environment / wrong-schema', () =>
    query(url, 'CREATE TABLE no_such_schema.t (id int)'),
  );
  driver('nothing listens', 'environment / refused', async () =>
    query(`postgresql://u:p@127.0.0.1:${await closedPort()}/postgres`, 'SELECT 1'),
  );
  adapter('nothing listens', 'environment / refused', async () =>
    stored(`postgresql://u:p@127.0.0.1:${await closedPort()}/postgres`),
  );
  driver('transactions are read-only', 'environment / read-only', () =>
    query(asUser('readonly'), 'CREATE TABLE t (id int)'),
  );
  adapter('transactions are read-only', 'environment / read-only', () => stored(asUser('readonly')));
  driver('the user lacks the privilege', 'environment / privilege', () =>
    query(asUser('nobody'), 'SELECT * FROM secret_table'),
  );
  driver('no connection is free', 'environment / too-many-connections', () =>
    query(asUser('crowded'), 'SELECT 1'),
  );
  if (/^1[45]\b/.test(given('POSTGRES_VERSION') ?? ''))
    driver('a function of a newer version', 'environment / version', () =>
      query(url, 'SELECT any_value(1), random_normal(0, 1)'),
    );
  driver('the server speaks no TLS', 'environment / tls', () => query(url, 'SELECT 1', { ssl: true }));
  driver('an operator ends the connection', 'environment / starting-up', () =>
    query(url, 'SELECT pg_terminate_backend(pg_backend_pid())'),
  );
  if (disk)
    driver('the disk is full', 'environment / disk-full', async () => {
      await admin.query(`CREATE TABLESPACE small LOCATION '${disk}'`).catch(() => {});
      await query(
        url,
        'CREATE TABLE big TABLESPACE small AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 100000) n',
      );
    });

  const planted = faultsOf('planted in a statement');
  planted('a table’s name is misspelt', 'defect / rejected', () => query(url, 'SELECT * FROM secret_tabel'));
  planted('a column’s name is misspelt', 'defect / rejected', () =>
    query(url, 'SELECT di FROM secret_table'),
  );
  planted('the statement is not SQL', 'defect / rejected', () => query(url, 'SELEC 1'));
  planted('a value does not fit', 'defect / rejected', () => query(url, "SELECT 'a'::int"));
  planted('a deadlock with oneself: two rows for one key', 'defect / rejected', () =>
    query(url, 'CREATE TEMP TABLE k (id int PRIMARY KEY); INSERT INTO k VALUES (1), (1)'),
  );
});
