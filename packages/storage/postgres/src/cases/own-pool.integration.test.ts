import { randomUUID } from 'node:crypto';
import { newNamespace, storageConformance } from '@drydock/storage/conformance';
import pg from 'pg';
import * as vitest from 'vitest';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { createPostgresAdapter } from '../adapter.js';
import {
  type ConnectionSettings,
  conformance,
  type SampleRecord,
  schemaOf,
  withClient,
} from './conformance.fixture.js';
import { untilNobodyWaits } from './waiting.fixture.js';

const url = process.env.POSTGRES_URL ?? '';
const password = decodeURIComponent(new URL(url).password);

/** A pool as an application makes it, with its own listener and limits. */
function makePool(config: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 5, ...config });
  pool.on('error', () => {});
  return pool;
}

describe('over a pool of the caller’s own', () => {
  const pool = makePool();
  afterAll(async () => {
    expect(pool.totalCount).toBe(pool.idleCount);
    await pool.end();
  });

  storageConformance(
    conformance(
      'postgres with a pool, live',
      { url },
      {
        createAdapter: ({ namespace, options }) =>
          createPostgresAdapter<SampleRecord>({
            pool,
            ...options,
            schema: namespace.replaceAll('-', '_'),
            table: 'samples',
            columns: { scope: 'text', number: 'integer', text: 'text' },
            indexes: [['scope', 'number']],
          }),
        secrets: password === '' ? [] : [password],
      },
    ),
    vitest,
  );

  test('an aborted call is cancelled on the server, and the pool goes on', async () => {
    const name = `drydock ${randomUUID()}`;
    const small = makePool({ max: 1, application_name: name });
    const schema = schemaOf(newNamespace());
    const adapter = createPostgresAdapter({ pool: small, schema, table: 'notes' });
    onTestFinished(async () => {
      await adapter.disconnect();
      await small.query(`DROP SCHEMA "${schema}" CASCADE`);
      await small.end();
    });
    await adapter.connect();
    await withClient({ url } satisfies ConnectionSettings, async (client) => {
      await client.query(`BEGIN; LOCK TABLE "${schema}"."notes"`);
      const storing = adapter.store({ id: 'a' }, { timeoutMs: 300 });
      await expect(storing).rejects.toMatchObject({ name: 'StorageTimeoutError', outcome: 'unknown' });
      await untilNobodyWaits(client, name);
      await client.query('ROLLBACK');
    });
    await expect(adapter.retrieve('a')).resolves.toBeNull();
    await adapter.disconnect();
    expect((await small.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
