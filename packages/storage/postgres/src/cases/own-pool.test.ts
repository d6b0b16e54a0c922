import { inspect } from 'node:util';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { SECRET } from './conformance.fixture.js';
import { connected, manageServer, noSessions, server, WRITE } from './offline.fixture.js';

manageServer();

describe('a pool of the caller’s own', () => {
  test('is used as it is, is left open by disconnect, and its password is never seen', async () => {
    const { url, driver } = server.config;
    const pool = new pg.Pool({ ...driver, connectionString: url, max: 2 });
    const adapter = await connected({ pool, timeoutMs: 300 });
    const id = await adapter.store({ n: 1 }, { timeoutMs: 2_000 });
    expect(adapter.getMetrics().operations.store?.roundTrips).toBe(1);
    expect(inspect(adapter, { depth: 9, showHidden: true, customInspect: false })).not.toContain(SECRET);
    await adapter.disconnect();
    expect((await pool.query('SELECT n FROM notes WHERE id = $1', [id])).rows).toEqual([{ n: 1 }]);
    await pool.end();
  });

  test('is free of a statement that its caller gave up', async () => {
    const { url, driver } = server.config;
    const pool = new pg.Pool({ ...driver, connectionString: url, max: 1 });
    const adapter = await connected({ pool });
    const held = server.hold(WRITE);
    const caller = new AbortController();
    const storing = expect(adapter.store({ n: 1 }, { signal: caller.signal })).rejects.toThrow();
    await held.reached;
    caller.abort();
    await storing;
    await noSessions();
    await expect(adapter.retrieve('a')).resolves.toBeNull();
    await adapter.disconnect();
    await pool.end();
  });
});
