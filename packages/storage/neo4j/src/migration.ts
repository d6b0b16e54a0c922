import type { Attempt } from '@drydock/storage';
import { notMigrated, refused } from '@drydock/storage/backend-kit';
import type { Connection } from './connection.js';
import { SHOW_SCHEMA } from './cypher.js';
import type { Schema, SchemaItem } from './schema.js';

const LABEL_TAKEN =
  "one of `labels` is the namespace of another adapter, which would take this one's entities for its own; rename one of the two";

/** Creates the constraints and indexes that are missing; looks first, because most of the time all are there. */
export async function ensureSchema(
  connection: Connection,
  schema: Schema,
  migrate: boolean,
  attempt: Attempt,
): Promise<void> {
  const missing = await findMissing(connection, schema, attempt);
  if (missing.length > 0 && !migrate) throw notMigrated('a constraint or an index');
  for (const { create } of missing) {
    await connection.run({ text: create, parameters: {}, access: 'write' }, attempt);
  }
}

async function findMissing(
  connection: Connection,
  { items, taken }: Schema,
  attempt: Attempt,
): Promise<SchemaItem[]> {
  const names = [...items.map(({ name }) => name), ...taken];
  const rows = await connection.run<{ name: string }>(
    { text: SHOW_SCHEMA, parameters: { names }, access: 'read' },
    attempt,
  );
  const found = new Set(rows.map(({ name }) => name));
  if (taken.some((name) => found.has(name))) throw refused('query', 'LABEL_TAKEN', LABEL_TAKEN);
  return items.filter(({ name }) => !found.has(name));
}
