import { DEFAULT_DEADLINES, serverTimeoutMs } from '@drydock/storage/backend-kit';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { createPostgresAdapter } from './adapter.js';
import { type PostgresConfig, resolveConfig, targetOf } from './config.js';

const BARE_URL = 'postgresql://me:s3cr%23t@db.example:6543/app';
const URL = `${BARE_URL}?sslmode=no-verify`;
const resolve = (options: Partial<PostgresConfig>) => resolveConfig({ table: 'notes', ...options });

function clientOf(options: Partial<PostgresConfig>): pg.PoolConfig {
  const { connection } = resolve(options);
  if ('pool' in connection) throw new Error('expected a client configuration');
  return connection.client;
}

describe('the URL', () => {
  test('is taken apart, so that the driver never holds it whole', () => {
    const client = clientOf({ url: URL });
    expect(client).toMatchObject({
      user: 'me',
      password: 's3cr#t',
      host: 'db.example',
      port: 6543,
      database: 'app',
    });
    expect(client.ssl).toEqual({ rejectUnauthorized: false });
    expect(client).not.toHaveProperty('connectionString');
  });

  test.each([
    'nonsense-canary',
    'http://canary@host/db',
    'postgres://me:canary@host:port/db',
    'postgres://canary:%zz@[::1/db',
    '',
  ])('that is none is refused without showing it: %s', (url) => {
    const attempt = () => createPostgresAdapter({ url, table: 'notes' });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow('postgresql://user:password@localhost:5432/app');
    expect(attempt).not.toThrow(/canary/);
  });

  test('or a pool must be given, and only one of them', async () => {
    const pool = new pg.Pool();
    expect(() => resolve({})).toThrow('postgres: `url` or `pool` must be given');
    expect(() => resolve({ url: URL, pool })).toThrow('postgres: `url` and `pool` exclude each other');
    expect(resolve({ pool }).connection).toEqual({ pool });
    await pool.end();
  });
});

describe('options', () => {
  test('have the documented defaults', () => {
    const { table, migrate, prepare, limits } = resolve({ url: URL });
    expect(table.quoted).toBe('"public"."notes"');
    expect({ migrate, prepare, limits }).toEqual({
      migrate: true,
      prepare: true,
      limits: { maxItems: 1_000, maxBytes: 8 * 1024 * 1024 },
    });
    expect(clientOf({ url: URL })).toMatchObject({
      max: 10,
      connectionTimeoutMillis: DEFAULT_DEADLINES.connectTimeoutMs,
      application_name: 'drydock',
      statement_timeout: serverTimeoutMs(DEFAULT_DEADLINES.timeoutMs),
    });
  });

  test('for the login win over the URL', () => {
    const password = () => 'token';
    expect(clientOf({ url: URL, username: 'you', password })).toMatchObject({ user: 'you', password });
  });

  test('of the driver are passed on, except those the adapter relies on', () => {
    const driver = { idleTimeoutMillis: 7, statement_timeout: 7, host: 'elsewhere' };
    expect(clientOf({ url: URL, driver })).toMatchObject({
      idleTimeoutMillis: 7,
      statement_timeout: serverTimeoutMs(DEFAULT_DEADLINES.timeoutMs),
      host: 'db.example',
    });
  });

  test.each([
    'schema=canary',
    'pgbouncer=true',
    'sslmod=require',
    'sslmode=canary',
    'connect_timeout=3',
    'sslmode=require&statement_timeout=1',
  ])('that a URL has as parameters, and that would be lost, are refused: %s', (parameters) => {
    expect(() => resolve({ url: `${BARE_URL}?${parameters}` })).toThrow(/^postgres: `url` must have/);
    expect(() => resolve({ url: `${BARE_URL}?${parameters}` })).not.toThrow('canary');
  });

  test('a name in the URL is told to the server, unless an option gives another', () => {
    const url = `${BARE_URL}?application_name=app&sslmode=disable`;
    expect(clientOf({ url }).application_name).toBe('app');
    expect(clientOf({ url, applicationName: 'other' }).application_name).toBe('other');
  });

  test('a # in a URL would cut a password off', () => {
    expect(() => resolve({ url: 'postgres://me:can#ary@host/app' })).toThrow('`url` must');
  });

  test('for TLS win over the URL', () => {
    expect(clientOf({ url: URL, tls: { ca: 'certificate' } }).ssl).toEqual({ ca: 'certificate' });
    expect(clientOf({ url: URL, tls: false }).ssl).toBe(false);
  });

  test('tell where the records go, from a URL and from a pool', () => {
    const target = {
      system: 'postgresql',
      address: 'db.example',
      namespace: 'app|public',
      collection: 'notes',
    };
    const pool = new pg.Pool({ connectionString: 'postgres://me:canary@db.example:6543/app' });
    expect(targetOf(resolve({ url: 'postgres://me:canary@db.example/app' }))).toEqual({
      ...target,
      port: 5432,
    });
    expect(targetOf(resolve({ pool }))).toEqual({ ...target, port: 6543 });
  });

  test('the server gives up before the deadline, and never at once', () => {
    expect(serverTimeoutMs(1_000)).toBe(950);
    expect(serverTimeoutMs(1)).toBe(1);
    expect(clientOf({ url: URL, timeoutMs: 200 }).statement_timeout).toBe(190);
  });

  test.each(['maxConnections', 'connectTimeoutMs'])('%s must be an integer above 0', (name) => {
    for (const value of [0, -1, 1.5, Number.NaN]) {
      expect(() => resolve({ url: URL, [name]: value })).toThrow(`postgres: \`${name}\` must be an integer`);
    }
  });
});
