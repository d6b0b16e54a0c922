import type pg from 'pg';
import { expect, vi } from 'vitest';

/** Waits until no session of an application waits for a lock: statements that were given up have ended on the server. */
export async function untilNobodyWaits(client: pg.Client, application: string): Promise<void> {
  const look = async () => {
    // Within a transaction the server repeats its first answer.
    await client.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await client.query(
      "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'",
      [application],
    );
    expect(rows).toEqual([]);
  };
  await vi.waitFor(look, { timeout: 10_000, interval: 20 });
}
