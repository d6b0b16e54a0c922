import { type Attempt, FaultError } from '@drydock/storage';
import type { Connections } from './connection.js';
import { SHOW_SCHEMA } from './cypher.js';
import type { Schema, SchemaItem } from './schema.js';

/** Sees to it that the constraints and indexes are there; asks first, because most of the time they are. */
export async function ensureSchema(
  connections: Connections,
  schema: Schema,
  migrate: boolean,
  attempt: Attempt,
): Promise<void> {
  const missing = await findMissing(connections, schema.items, attempt);
  if (missing.length > 0 && !migrate) throw notMigrated();
  for (const { create } of missing) {
    await connections.run({ text: create, parameters: {}, access: 'write' }, attempt);
  }
}

async function findMissing(connections: Connections, items: readonly SchemaItem[], attempt: Attempt) {
  const names = items.map(({ name }) => name);
  const rows = await connections.run<{ name: string }>(
    { text: SHOW_SCHEMA, parameters: { names }, access: 'read' },
    attempt,
  );
  const found = new Set(rows.map(({ name }) => name));
  return items.filter(({ name }) => !found.has(name));
}

function notMigrated(): FaultError {
  return new FaultError({
    kind: 'not_found',
    retriable: false,
    outcome: 'rejected',
    code: 'NOT_MIGRATED',
    detail: 'a constraint or an index is missing; let the adapter migrate, or create it',
  });
}
