import type { Attempt } from '@drydock/storage';
import { notMigrated } from '@drydock/storage/backend-kit';
import type { Connection } from './connection.js';
import { SHOW_SCHEMA } from './cypher.js';
import type { Schema, SchemaItem } from './schema.js';

/** Creates the constraints and indexes that are missing; looks first, because most of the time all are there. */
export async function ensureSchema(
  connection: Connection,
  schema: Schema,
  migrate: boolean,
  attempt: Attempt,
): Promise<void> {
  const missing = await findMissing(connection, schema.items, attempt);
  if (missing.length > 0 && !migrate) throw notMigrated('a constraint or an index');
  for (const { create } of missing) {
    await connection.run({ text: create, parameters: {}, access: 'write' }, attempt);
  }
}

async function findMissing(connection: Connection, items: readonly SchemaItem[], attempt: Attempt) {
  const names = items.map(({ name }) => name);
  const rows = await connection.run<{ name: string }>(
    { text: SHOW_SCHEMA, parameters: { names }, access: 'read' },
    attempt,
  );
  const found = new Set(rows.map(({ name }) => name));
  return items.filter(({ name }) => !found.has(name));
}
