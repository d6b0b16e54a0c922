import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { connected, makeClient, manageServer, server } from '../cases/clients.fixture.js';

manageServer();

describe('login', () => {
  test('uses SCRAM-SHA-256 and reports the version and the process id', async () => {
    const client = await connected();
    const { rows } = await client.query('SHOW server_version');
    expect(rows[0].server_version).toMatch(/^\d+\.\d+$/);
    expect(client).toHaveProperty('processID', expect.any(Number));
  });

  test('refuses a wrong password with 28P01 and an unknown database with 3D000', async () => {
    await expect(makeClient({ password: 'wrong' }).connect()).rejects.toMatchObject({ code: '28P01' });
    await expect(makeClient({ database: 'other' }).connect()).rejects.toMatchObject({ code: '3D000' });
  });

  test('declines TLS as a server without certificates does', async () => {
    await expect(makeClient({ ssl: true }).connect()).rejects.toThrow('does not support SSL');
  });

  test('fails, is refused or waits for ever, as the planted fault says', async () => {
    await server.refuse();
    await expect(makeClient().connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    server.recover();
    server.answer('startup', { code: '57P03', message: 'the database system is starting up' });
    await expect(makeClient().connect()).rejects.toMatchObject({ code: '57P03' });
    server.silence();
    await expect(makeClient({ connectionTimeoutMillis: 20 }).connect()).rejects.toThrow('timeout expired');
  });
});

describe('queries', () => {
  test('the simple protocol runs several statements and an error ends the rest', async () => {
    const client = await connected();
    const results = (await client.query('SELECT 1 AS a; SELECT 2 AS b')) as unknown as pg.QueryResult[];
    expect(results.map(({ rows }) => rows[0])).toEqual([{ a: 1 }, { b: 2 }]);
    await expect(client.query('SELECT 1; SELECT nope; SELECT 2')).rejects.toMatchObject({ code: '42703' });
    expect((await client.query('SELECT 3 AS c')).rows).toEqual([{ c: 3 }]);
  });

  test('the extended protocol takes parameters, large ones too, and goes on after an error', async () => {
    const client = await connected();
    const large = 'é'.repeat(2_000_000);
    const { rows } = await client.query('SELECT length($1::text) AS length', [large]);
    expect(rows).toEqual([{ length: 2_000_000 }]);
    await expect(client.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
    expect((await client.query('SELECT $1::int AS n', [4])).rows).toEqual([{ n: 4 }]);
  });

  test('each query counts as one request, prepared or not', async () => {
    const client = await connected();
    const before = server.requests;
    await client.query('SELECT 1');
    await client.query({ name: 'counted', text: 'SELECT $1::int', values: [1] });
    await client.query({ name: 'counted', text: 'SELECT $1::int', values: [2] });
    expect(server.requests - before).toBe(3);
  });
});

describe('planted faults', () => {
  test('an error inside a transaction breaks the transaction', async () => {
    const client = await connected();
    await client.query('BEGIN');
    server.answer('SELECT 1', { code: '40001', message: 'could not serialize access' });
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '40001' });
    await expect(client.query('SELECT 2')).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
  });

  test('a lost reply leaves the statement applied, a lost request does not', async () => {
    const reader = await connected();
    await reader.query('CREATE TABLE lost (n int)');
    server.drop('INSERT INTO lost', 'after');
    await expect((await connected()).query('INSERT INTO lost VALUES (1)')).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    server.drop('INSERT INTO lost', 'before');
    await expect((await connected()).query('INSERT INTO lost VALUES (2)')).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect((await reader.query('SELECT n FROM lost')).rows).toEqual([{ n: 1 }]);
  });

  test('a shutdown ends idle sessions with 57P01', async () => {
    const client = await connected();
    const ended = new Promise<Error>((resolve) => client.once('error', resolve));
    server.terminateAll();
    expect(await ended).toMatchObject({ code: '57P01' });
  });
});

test('a client that ends leaves no session behind', async () => {
  const client = makeClient();
  await client.connect();
  await client.query({ name: 'left', text: 'SELECT 1', values: [] });
  const before = server.connections;
  await client.end();
  await (await connected()).query('SELECT 1');
  expect(server.connections).toBe(before);
});
