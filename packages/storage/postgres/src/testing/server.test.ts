import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PgliteServer } from './server.js';

const PASSWORD = 'correct horse';
let server: PgliteServer;
const clients: pg.Client[] = [];

beforeAll(async () => {
  server = await PgliteServer.start({ password: PASSWORD });
}, 30_000);

afterEach(async () => {
  server.recover();
  await Promise.all(clients.splice(0).map((client) => client.end()));
});

afterAll(async () => {
  await server.close();
});

function makeClient(overrides: pg.ClientConfig = {}): pg.Client {
  const client = new pg.Client({
    host: 'memory',
    user: 'postgres',
    database: server.database,
    password: PASSWORD,
    stream: server.stream,
    ...overrides,
  });
  client.on('error', () => undefined);
  return client;
}

async function connected(overrides: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = makeClient(overrides);
  await client.connect();
  clients.push(client);
  return client;
}

describe('login', () => {
  test('goes through SCRAM-SHA-256 and tells the version and the process id', async () => {
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

  test('fails as a socket does, answers as a server that is not ready does, or stays silent', async () => {
    server.refuse({ kind: 'socket', code: 'ECONNREFUSED' });
    await expect(makeClient().connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    server.refuse({
      kind: 'error',
      error: { severity: 'FATAL', code: '57P03', message: 'the database system is starting up' },
    });
    await expect(makeClient().connect()).rejects.toMatchObject({ code: '57P03' });
    server.refuse({ kind: 'silent' });
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

  test('the extended protocol takes parameters, also large ones, and goes on after an error', async () => {
    const client = await connected();
    const large = 'é'.repeat(2_000_000);
    const { rows } = await client.query('SELECT length($1::text) AS length', [large]);
    expect(rows).toEqual([{ length: 2_000_000 }]);
    await expect(client.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
    expect((await client.query('SELECT $1::int AS n', [4])).rows).toEqual([{ n: 4 }]);
  });

  test('counts one exchange for each query, prepared or not', async () => {
    const client = await connected();
    const before = server.exchanges;
    await client.query('SELECT 1');
    await client.query({ name: 'counted', text: 'SELECT $1::int', values: [1] });
    await client.query({ name: 'counted', text: 'SELECT $1::int', values: [2] });
    expect(server.exchanges - before).toBe(3);
  });
});

describe('sessions on the one engine', () => {
  test('keep their prepared statements apart, also of the same name', async () => {
    const [first, second] = [await connected(), await connected()];
    const run = async (client: pg.Client, text: string) =>
      (await client.query({ name: 'same', text, values: [] })).rows[0];
    expect(await run(first, 'SELECT 1 AS n')).toEqual({ n: 1 });
    expect(await run(second, 'SELECT 2 AS n')).toEqual({ n: 2 });
    expect(await run(first, 'SELECT 1 AS n')).toEqual({ n: 1 });
  });

  test('keep their settings apart, those from the startup packet included', async () => {
    const first = await connected({ statement_timeout: 1234, options: '-c work_mem=5MB' });
    const second = await connected();
    await second.query("SET lock_timeout = '77ms'");
    const read = async (client: pg.Client) =>
      (
        await client.query(
          "SELECT current_setting('statement_timeout') s, current_setting('lock_timeout') l, current_setting('work_mem') w",
        )
      ).rows[0];
    expect(await read(first)).toEqual({ s: '1234ms', l: '0', w: '5MB' });
    expect(await read(second)).toEqual({ s: '0', l: '77ms', w: '4MB' });
    expect(await read(first)).toEqual({ s: '1234ms', l: '0', w: '5MB' });
  });

  test('wait for a transaction to end, and do not see into it', async () => {
    const [writer, reader] = [await connected(), await connected()];
    await writer.query('CREATE TABLE seen (n int)');
    await writer.query('BEGIN');
    await writer.query('INSERT INTO seen VALUES (1)');
    const reading = reader.query('SELECT count(*)::int AS n FROM seen');
    await writer.query('ROLLBACK');
    expect((await reading).rows).toEqual([{ n: 0 }]);
  });

  test('roll back when their connection goes away inside a transaction', async () => {
    const [writer, reader] = [await connected(), await connected()];
    await writer.query('CREATE TABLE abandoned (n int)');
    await writer.query('BEGIN');
    await writer.query('INSERT INTO abandoned VALUES (1)');
    writer.connection.stream.destroy();
    expect((await reader.query('SELECT count(*)::int AS n FROM abandoned')).rows).toEqual([{ n: 0 }]);
  });

  test('have process ids of their own', async () => {
    const [first, second] = [await connected(), await connected()];
    const pid = async (client: pg.Client) => (await client.query('SELECT pg_backend_pid()')).rows[0];
    expect(await pid(first)).toEqual({ pg_backend_pid: Reflect.get(first, 'processID') });
    expect(await pid(second)).not.toEqual(await pid(first));
  });

  test('serve a pool of many clients at once', async () => {
    const pool = new pg.Pool({
      user: 'postgres',
      database: server.database,
      password: PASSWORD,
      stream: server.stream,
      max: 8,
    });
    const sums = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, n) => (await pool.query('SELECT $1::int + 1 AS n', [n])).rows[0].n,
      ),
    );
    expect(sums).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(pool.totalCount).toBe(8);
    await pool.end();
  });
});

describe('cancelling', () => {
  test('a held statement ends with 57014 through pg_cancel_backend, and the session lives on', async () => {
    const [busy, other] = [await connected(), await connected()];
    const held = server.hold('held by test');
    const statement = expect(busy.query('SELECT 1 /* held by test */')).rejects.toMatchObject({
      code: '57014',
    });
    await held.reached;
    const pid = Reflect.get(busy, 'processID');
    expect((await other.query(`SELECT pg_cancel_backend(${pid})`)).rows).toEqual([
      { pg_cancel_backend: true },
    ]);
    await statement;
    expect((await busy.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    expect((await other.query('SELECT pg_cancel_backend(1)')).rows).toEqual([{ pg_cancel_backend: false }]);
  });

  test('the cancel request of the wire protocol does the same, with the right key only', async () => {
    const busy = await connected();
    const held = server.hold('held by test');
    let over = false;
    const statement = busy.query('SELECT 1 /* held by test */').finally(() => {
      over = true;
    });
    const rejected = expect(statement).rejects.toMatchObject({ code: '57014' });
    await held.reached;
    await sendCancelRequest(Reflect.get(busy, 'processID'), 1);
    expect(over).toBe(false);
    await sendCancelRequest(Reflect.get(busy, 'processID'), Reflect.get(busy, 'secretKey'));
    await rejected;
  });

  test('a held statement outlives neither its statement_timeout nor its release', async () => {
    const client = await connected({ statement_timeout: 30 });
    server.hold('held by test');
    await expect(client.query('SELECT 1 /* held by test */')).rejects.toMatchObject({
      code: '57014',
      message: 'canceling statement due to statement timeout',
    });
    const held = server.hold('held by test');
    const statement = client.query('SELECT 2 AS n /* held by test */');
    await held.reached;
    held.release();
    expect((await statement).rows).toEqual([{ n: 2 }]);
  });

  test('a statement that waits for its turn can be cancelled', async () => {
    const [owner, waiting, other] = [await connected(), await connected(), await connected()];
    await owner.query('BEGIN');
    const statement = expect(waiting.query('SELECT 1')).rejects.toMatchObject({ code: '57014' });
    await new Promise(setImmediate);
    await other.query(`SELECT pg_cancel_backend(${Reflect.get(waiting, 'processID')})`);
    await statement;
    await owner.query('COMMIT');
  });
});

describe('planted faults', () => {
  test('an error inside a transaction breaks the transaction', async () => {
    const client = await connected();
    await client.query('BEGIN');
    server.fail('SELECT 1', { code: '40001', message: 'could not serialize access' });
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

test('a client that ends takes its session with it', async () => {
  const client = makeClient();
  await client.connect();
  await client.query({ name: 'left', text: 'SELECT 1', values: [] });
  const before = server.connections;
  await client.end();
  await (await connected()).query('SELECT 1');
  expect(server.connections).toBe(before);
});

async function sendCancelRequest(processId: number, secret: number): Promise<void> {
  const packet = Buffer.alloc(16);
  [16, 80877102, processId, secret].forEach((value, index) => {
    packet.writeInt32BE(value, index * 4);
  });
  const stream = server.stream();
  stream.connect();
  await new Promise((resolve) => stream.once('connect', resolve));
  stream.resume();
  stream.write(packet);
  await new Promise((resolve) => stream.once('close', resolve));
}
