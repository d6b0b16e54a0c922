import { describe, expect, test } from 'vitest';
import { withClient } from './conformance.fixture.js';
import { connected, manageServer, server, WRITE } from './offline.fixture.js';

manageServer();

describe('prepared statements', () => {
  const count = async () => {
    let prepared = 0;
    await withClient(server.config, async (client) => {
      const { rows } = await client.query(`SELECT count(*)::int AS n FROM pg_prepared_statements`);
      prepared = rows[0].n;
    });
    return prepared;
  };

  test('are kept for statements with a fixed text, and not for searches', async () => {
    const adapter = await connected({ maxConnections: 1 });
    const before = await count();
    for (const n of [1, 2, 3]) {
      const id = await adapter.store({ n });
      await adapter.retrieve(id);
      await adapter.search({ where: { field: 'n', eq: n } });
      await adapter.delete(id);
    }
    expect((await count()) - before).toBe(3);
  });

  test('are not used with prepare set to false', async () => {
    const adapter = await connected({ maxConnections: 1, prepare: false });
    const before = await count();
    await adapter.store({ n: 1 });
    expect(await count()).toBe(before);
  });

  test('that a pooler has lost are prepared again on another connection', async () => {
    const adapter = await connected({ maxConnections: 1 });
    server.answer(WRITE, { code: '26000', message: 'prepared statement does not exist' });
    await adapter.store({ n: 1 });
    expect(adapter.getMetrics().operations.store?.retries).toBe(1);
  });
});
