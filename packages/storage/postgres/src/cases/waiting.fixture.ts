import type pg from 'pg';
import { expect, vi } from 'vitest';

/** Waits until no session of an application waits for a lock: what its clients gave up has ended on the server too. */
export async function untilNobodyWaits(client: pg.Client, application: string): Promise<void> {
  const look = async () => {
    // Within a transaction the server would show again what it showed first.
    await client.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await client.query(
      "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'",
      [application],
    );
    expect(rows).toEqual([]);
  };
  await vi.waitFor(look, { timeout: 10_000, interval: 20 });
}
