import { createPostgresAdapter } from '@drydock/storage-postgres';
import pg from 'pg';
import { ALONE, BEST, OURS, RAW, recordOf, type StorageSubjects } from './subjects.js';

const TABLE = 'drydock_bench';
const UPSERT = `INSERT INTO ${TABLE}_raw VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET data = excluded.data`;
const SELECT = `SELECT data FROM ${TABLE}_raw WHERE id = $1`;

/** PostgreSQL: pools of ten; plainly without prepared statements, by hand with them. Durability is the server's. */
export async function postgresSubjects(url: string): Promise<StorageSubjects> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query(`CREATE TABLE IF NOT EXISTS ${TABLE}_raw (id text PRIMARY KEY, data jsonb NOT NULL)`);
  const config = { url, table: TABLE, maxConnections: 10 };
  const adapters = [createPostgresAdapter(config), createPostgresAdapter({ ...config, coalesce: false })];
  for (const adapter of adapters) await adapter.connect();
  const raw = (name: string, isPrepared: boolean) => {
    const query = (text: string, values: string[]) =>
      pool.query<{ data: unknown }>({
        text,
        values,
        ...(isPrepared && { name: `bench ${text.slice(0, 6)}` }),
      });
    return {
      name,
      store: (id: string) => query(UPSERT, [id, JSON.stringify(recordOf(id))]),
      retrieve: async (id: string) => (await query(SELECT, [id])).rows[0]?.data,
    };
  };
  const ours = adapters.map((adapter, index) => ({
    name: index === 0 ? OURS : ALONE,
    store: (id: string) => adapter.store(recordOf(id)),
    retrieve: (id: string) => adapter.retrieve(id),
  }));
  return {
    subjects: [raw(RAW, false), raw(BEST, true), ...ours],
    async close() {
      await Promise.all(adapters.map((adapter) => adapter.disconnect()));
      await pool.query(`DROP TABLE IF EXISTS ${TABLE}, ${TABLE}_raw`);
      await pool.end();
    },
  };
}
