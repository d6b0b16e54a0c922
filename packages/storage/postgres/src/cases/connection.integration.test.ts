import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createPostgresAdapter, type PostgresAdapter } from '../adapter.js';
import type { PostgresConfig } from '../config.js';
import { schemaOf, withClient } from './conformance.fixture.js';

interface Note {
  readonly id?: string;
  readonly n?: number;
}

const url = process.env.POSTGRES_URL ?? '';
const schema = schemaOf(newNamespace());
const applicationName = schema.slice(0, 40);
const adapters: PostgresAdapter<Note>[] = [];

function make(config: Partial<PostgresConfig> = {}): PostgresAdapter<Note> {
  const adapter = createPostgresAdapter<Note>({ url, schema, table: 'notes', applicationName, ...config });
  adapters.push(adapter);
  return adapter;
}

async function connected(config: Partial<PostgresConfig> = {}): Promise<PostgresAdapter<Note>> {
  const adapter = make(config);
  await adapter.connect();
  return adapter;
}

async function select(sql: string): Promise<Record<string, unknown>[]> {
  let rows: Record<string, unknown>[] = [];
  await withClient({ url }, async (client) => {
    ({ rows } = await client.query(sql));
  });
  return rows;
}

const sessions = () =>
  select(
    `SELECT pid, state, wait_event_type FROM pg_stat_activity WHERE application_name = '${applicationName}'`,
  );
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 5_000, interval: 20 });
const isBlocked = () =>
  until(async () =>
    expect(await sessions()).toContainEqual(
      expect.objectContaining({ state: 'active', wait_event_type: 'Lock' }),
    ),
  );
const kill = () =>
  select(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${applicationName}'`,
  );

/** Holds the table's lock while `work` runs. */
async function locked(work: () => Promise<void>): Promise<void> {
  await withClient({ url }, async (client) => {
    await client.query(`BEGIN; LOCK TABLE "${schema}"."notes"`);
    try {
      await work();
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

describe('postgres connections, live', () => {
  beforeAll(async () => {
    await (await connected()).disconnect();
  });
  afterEach(async () => {
    await Promise.all(adapters.splice(0).map((adapter) => adapter.disconnect({ timeoutMs: 200 })));
    await until(async () => expect(await sessions()).toEqual([]));
  });
  afterAll(() => withClient({ url }, (client) => client.query(`DROP SCHEMA "${schema}" CASCADE`)));

  test('an aborted statement ends on the server at once, and was not applied', async () => {
    const adapter = await connected({ timeoutMs: 60_000 });
    await locked(async () => {
      const caller = new AbortController();
      const storing = expect(
        adapter.store({ id: 'given up' }, { signal: caller.signal }),
      ).rejects.toMatchObject({
        name: 'StorageAbortedError',
        outcome: 'unknown',
      });
      await isBlocked();
      caller.abort();
      await storing;
      await until(async () => expect(await sessions()).toEqual([]));
    });
    await expect(adapter.retrieve('given up')).resolves.toBeNull();
  });

  test('the server gives up shortly before the deadline, and the connection stays', async () => {
    const adapter = await connected({ timeoutMs: 1_000, maxConnections: 1, retry: { maxAttempts: 1 } });
    const before = await sessions();
    await locked(async () => {
      await expect(adapter.store({ n: 1 })).rejects.toMatchObject({
        name: 'StorageTimeoutError',
        code: '57014',
        outcome: 'rejected',
      });
    });
    expect((await sessions()).map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
  });

  test('a call with a longer deadline of its own gets that time', async () => {
    const adapter = await connected({ timeoutMs: 150 });
    let storing: Promise<string> | undefined;
    await locked(async () => {
      storing = adapter.store({ id: 'patient' }, { timeoutMs: 20_000 });
      await isBlocked();
      await new Promise((resolve) => setTimeout(resolve, 400));
    });
    await expect(storing).resolves.toBe('patient');
  });

  test('a server process that ends while it is idle fails no call', async () => {
    const adapter = await connected();
    await kill();
    await until(async () => expect(await sessions()).toEqual([]));
    await expect(adapter.retrieve('none')).resolves.toBeNull();
  });

  test('a server process that ends during a statement leaves the outcome of its call unknown', async () => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    await locked(async () => {
      const storing = expect(adapter.store({ n: 1 })).rejects.toMatchObject({
        name: 'StorageConnectionError',
        code: '57P01',
        outcome: 'unknown',
        retriable: true,
      });
      await isBlocked();
      await kill();
      await storing;
    });
    await expect(adapter.store({ n: 1 })).resolves.toBeTypeOf('string');
  });

  test('many calls share few connections', async () => {
    const adapter = await connected({ maxConnections: 3 });
    const ids = await Promise.all(Array.from({ length: 60 }, (_, n) => adapter.store({ n })));
    expect(new Set(ids).size).toBe(60);
    expect((await sessions()).length).toBeLessThanOrEqual(3);
  });

  test('an unknown database fails connect at the first attempt', async () => {
    const elsewhere = Object.assign(new URL(url), { pathname: '/no_such_database' }).href;
    await expect(make({ url: elsewhere }).connect()).rejects.toMatchObject({
      name: 'StorageConnectionError',
      code: '3D000',
      retriable: false,
      attempts: 1,
    });
  });
});
