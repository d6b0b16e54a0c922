import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { connected, manageServer, server } from '../cases/clients.fixture.js';

manageServer();

describe('sessions on the one engine', () => {
  test('keep their prepared statements apart, even those of one name', async () => {
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

  test('wait for the transaction of another session, and do not see its rows', async () => {
    const [writer, reader] = [await connected(), await connected()];
    await writer.query('CREATE TABLE seen (n int)');
    await writer.query('BEGIN');
    await writer.query('INSERT INTO seen VALUES (1)');
    const reading = reader.query('SELECT count(*)::int AS n FROM seen');
    await writer.query('ROLLBACK');
    expect((await reading).rows).toEqual([{ n: 0 }]);
  });

  test('roll back when their connection is lost inside a transaction', async () => {
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
      ...server.driver,
      connectionString: server.config.url,
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
  test('pg_cancel_backend ends a held statement with 57014, and the session goes on', async () => {
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

  test('a cancel request of the wire protocol does the same, with the right key only', async () => {
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

  test('a held statement ends at its statement_timeout or runs when it is released', async () => {
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

async function sendCancelRequest(processId: number, secret: number): Promise<void> {
  const packet = Buffer.alloc(16);
  [16, 80877102, processId, secret].forEach((value, index) => {
    packet.writeInt32BE(value, index * 4);
  });
  const stream = server.driver.stream();
  stream.connect();
  await new Promise((resolve) => stream.once('connect', resolve));
  stream.resume();
  stream.write(packet);
  await new Promise((resolve) => stream.once('close', resolve));
}
