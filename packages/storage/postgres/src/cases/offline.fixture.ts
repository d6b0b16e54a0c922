import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { createPostgresAdapter, type PostgresAdapter } from '../adapter.js';
import type { PostgresConfig } from '../config.js';
import { FakePostgres } from '../fake/index.js';
import { offline, PASSWORD } from './conformance.fixture.js';

interface Note {
  readonly id?: string;
  readonly n?: number;
}

/** How every write begins. */
export const UPSERT = 'INSERT INTO "public"."notes"';
/** The server that the tests of a file share. */
export const server = await FakePostgres.start({ password: PASSWORD });
const adapters: PostgresAdapter<Note>[] = [];

/** Makes and connects an adapter that is disconnected after the test. */
export async function connected(options: Partial<PostgresConfig> = {}): Promise<PostgresAdapter<Note>> {
  const settings = options.pool ? {} : offline(server);
  const adapter = createPostgresAdapter<Note>({
    ...settings,
    table: 'notes',
    columns: { n: 'integer' },
    ...options,
  });
  adapters.push(adapter);
  await adapter.connect();
  return adapter;
}

/** Resolves when the server has no session left. */
export const noSessions = () => vi.waitFor(() => expect(server.connections).toBe(0), { timeout: 3_000 });

/** Gives up after each test what it made, and the server after the last. */
export function shareServer(): void {
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
