import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { createPostgresAdapter, type PostgresAdapter } from '../adapter.js';
import type { PostgresConfig } from '../config.js';
import { FakePostgres } from '../fake/index.js';
import { SECRET } from './conformance.fixture.js';

interface Note {
  readonly id?: string;
  readonly n?: number;
}

/** Text of every write, for faults to match. */
export const WRITE = 'INSERT INTO "public"."notes"';
/** The server that the tests of a file share. */
export const server = await FakePostgres.start({ password: SECRET });
const adapters: PostgresAdapter<Note>[] = [];

/** Makes an adapter that is disconnected after the test. */
export function make(config: Partial<PostgresConfig> = {}): PostgresAdapter<Note> {
  const settings = config.pool ? {} : server.config;
  const adapter = createPostgresAdapter<Note>({
    ...settings,
    table: 'notes',
    columns: { n: 'integer' },
    ...config,
  });
  adapters.push(adapter);
  return adapter;
}

/** Makes an adapter as `make` does, and connects it. */
export async function connected(config: Partial<PostgresConfig> = {}): Promise<PostgresAdapter<Note>> {
  const adapter = make(config);
  await adapter.connect();
  return adapter;
}

/** Resolves when the server has no session left. */
export const noSessions = () => vi.waitFor(() => expect(server.connections).toBe(0), { timeout: 3_000 });

/** Disconnects the adapters of each test after it and forgets its faults, and closes the server after the last. */
export function manageServer(): void {
  beforeAll(async () => {
    await (await connected()).disconnect();
  });

  afterEach(async () => {
    server.recover();
    await Promise.all(adapters.splice(0).map((adapter) => adapter.disconnect({ timeoutMs: 100 })));
    await noSessions();
  });

  afterAll(() => server.close());
}
