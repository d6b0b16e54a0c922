import type { AcquiredService } from '@drydock/services';
import { newNamespace, storageConformance } from '@drydock/storage/conformance';
import { type Availability, orSkip, tryAcquire } from '@drydock/storage/faults';
import * as vitest from 'vitest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresAdapter } from '../../adapter.js';
import {
  conformance,
  removeNamespace,
  type SampleRecord,
  schemaOf,
  withClient,
} from '../conformance.fixture.js';
import { untilNobodyWaits } from '../waiting.fixture.js';
import { startPooler } from './poolers.fixture.js';

/** The poolers are started by this file, on ports that are not known before. */
const network = { allow: ['127.0.0.1', 'localhost'], loopbackServers: true };
const direct = process.env.POSTGRES_URL ?? '';
const STARTED_WITHIN_MS = 60_000;

describe.each([
  { mode: 'session', ignores: false },
  { mode: 'transaction', ignores: false },
  { mode: 'transaction', ignores: true },
  { mode: 'statement', ignores: false },
  { mode: 'statement', ignores: true },
] as const)(
  'behind a PgBouncer in $mode mode that ignores parameters: $ignores',
  { meta: { network } as object },
  (options) => {
    const schema = schemaOf(newNamespace());
    let pooler: Availability<AcquiredService> | undefined;

    beforeAll(async () => {
      pooler = await tryAcquire(startPooler(direct, options));
    }, STARTED_WITHIN_MS);

    afterAll(async () => {
      if (pooler && 'value' in pooler) await pooler.value.stop();
      await removeNamespace({ url: direct }, schema);
    });

    test('an adapter works, and leaves nothing in the session of others', async (context) => {
      const { POSTGRES_URL: url = '' } = orSkip(pooler, context).variables;
      const adapter = createPostgresAdapter<{ id?: string; n?: number; title?: string }>({
        url,
        schema,
        table: 'notes',
        columns: { n: 'integer' },
        indexes: [['n']],
      });
      await adapter.connect();
      await adapter.storeBatch([
        { id: 'a', n: 1, title: 'x' },
        { id: 'b', n: 2 },
      ]);
      expect(await adapter.store({ id: 'a' }, { ifAbsent: true }).catch(({ name }) => name)).toBe(
        'StorageConflictError',
      );
      await adapter.update('a', { n: 3 });
      expect(await adapter.retrieveBatch(['a', 'b'])).toEqual([
        { id: 'a', n: 3, title: 'x' },
        { id: 'b', n: 2 },
      ]);
      expect(
        (await adapter.search({ where: { field: 'n', gt: 2 } }, { timeoutMs: 60_000 })).items,
      ).toHaveLength(1);
      const settings = await Promise.all([1, 2].map(() => timeoutOf(url)));
      expect(settings).toEqual([await timeoutOf(direct), await timeoutOf(direct)]);
      expect((await adapter.healthCheck()).status).toBe('healthy');
      await adapter.disconnect();
    });

    test('a call that is given up is cancelled on the server, and nobody else is', async (context) => {
      const { POSTGRES_URL: url = '' } = orSkip(pooler, context).variables;
      const adapter = createPostgresAdapter({ url, schema, table: 'notes' });
      await adapter.connect();
      await withClient({ url: direct }, async (client) => {
        await client.query(`BEGIN; LOCK TABLE "${schema}"."notes"`);
        const storing = adapter.store({ id: 'c' }, { timeoutMs: 400 });
        await expect(storing).rejects.toMatchObject({ name: 'StorageTimeoutError' });
        await untilNobodyWaits(client, 'drydock');
        await client.query('ROLLBACK');
      });
      expect(await adapter.retrieve('c')).toBeNull();
      await adapter.disconnect();
    });
  },
);

describe('the conformance suite behind a PgBouncer', { meta: { network } as object }, () => {
  let pooler: Availability<AcquiredService> | undefined;

  beforeAll(async () => {
    pooler = await tryAcquire(startPooler(direct, { mode: 'transaction', ignores: false }));
  }, STARTED_WITHIN_MS);

  beforeEach((context) => {
    orSkip(pooler, context);
  });

  afterAll(async () => {
    if (pooler && 'value' in pooler) await pooler.value.stop();
  });

  storageConformance(
    conformance(
      'postgres behind PgBouncer, live',
      { url: direct },
      {
        createAdapter: ({ namespace, options }) =>
          createPostgresAdapter<SampleRecord>({
            url: pooler && 'value' in pooler ? pooler.value.variables.POSTGRES_URL : undefined,
            ...options,
            schema: schemaOf(namespace),
            table: 'samples',
            columns: { scope: 'text', number: 'integer', text: 'text' },
            indexes: [['scope', 'number']],
          }),
      },
    ),
    vitest,
  );
});

async function timeoutOf(url: string): Promise<string> {
  let timeout = '';
  await withClient({ url }, async (client) => {
    timeout = (await client.query('SHOW statement_timeout')).rows[0].statement_timeout;
  });
  return timeout;
}
