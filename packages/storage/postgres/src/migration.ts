import { createHash } from 'node:crypto';
import { refused } from '@drydock/storage/backend-kit';
import type { Session } from './connection.js';
import type { Statement } from './sql.js';
import { EXPIRES_AT, EXTRA, ID, type Table } from './table.js';

interface Expected {
  readonly name: string;
  readonly catalogue: string;
  /** Definition in SQL. */
  readonly definition: string;
}

interface Found {
  readonly schema: boolean;
  readonly columns: ReadonlyMap<string, string>;
  readonly indexes: ReadonlySet<string>;
}

/** Whether the table is as declared; throws a query fault when a column is there with another type. */
export async function isMigrated(session: Session, table: Table): Promise<boolean> {
  return missing(table, await look(session, table)).length === 0;
}

/**
 * Creates what is missing and nothing else, in one transaction; several processes may do so at once.
 *
 * Looks first, so that a user without the privilege to create can use what is there.
 */
export async function migrate(session: Session, table: Table): Promise<void> {
  await session.run({ text: `BEGIN; SELECT pg_advisory_xact_lock(${lockKey(table)})` });
  const statements = missing(table, await look(session, table));
  await session.run({ text: [...statements, 'COMMIT'].join('; ') });
}

/** The statements that create what is missing. */
export function missing(table: Table, found: Found): string[] {
  const columns = expectedColumns(table);
  for (const { name, catalogue } of columns) {
    const actual = found.columns.get(name);
    if (actual !== undefined && actual !== catalogue) {
      const detail = `the column "${name}" exists with a type other than ${catalogue}; change the declaration or the table`;
      throw refused('query', 'COLUMN_TYPE', detail);
    }
  }
  const statements: string[] = [];
  if (!found.schema) statements.push(`CREATE SCHEMA IF NOT EXISTS "${table.schema}"`);
  if (found.columns.size === 0) {
    statements.push(
      `CREATE TABLE ${table.quoted} (${columns.map(({ definition }) => definition).join(', ')})`,
    );
  } else {
    const added = columns.filter(({ name }) => !found.columns.has(name));
    statements.push(...added.map(({ definition }) => `ALTER TABLE ${table.quoted} ADD COLUMN ${definition}`));
  }
  const indexes = expectedIndexes(table).filter(({ name }) => !found.indexes.has(name));
  return [...statements, ...indexes.map(({ definition }) => definition)];
}

/** Text is ordered by code point on every server: an order by language differs from host to host. */
const TEXT = 'text COLLATE "C"';

function expectedColumns(table: Table): Expected[] {
  return [
    { name: 'id', catalogue: 'text', definition: `${ID} ${TEXT} PRIMARY KEY` },
    ...table.columns.map(({ name, quoted, type, codec }) => ({
      name,
      catalogue: codec.catalogue,
      definition: `${quoted} ${type === 'text' ? TEXT : codec.sql}`,
    })),
    { name: '_extra', catalogue: 'jsonb', definition: `${EXTRA} jsonb` },
    { name: '_expires_at', catalogue: 'timestamp with time zone', definition: `${EXPIRES_AT} timestamptz` },
  ];
}

function expectedIndexes(table: Table): { name: string; definition: string }[] {
  return table.indexes.map(({ name, columns }) => {
    const list = [...columns.map((column) => `"${column}"`), ID].join(', ');
    return { name, definition: `CREATE INDEX "${name}" ON ${table.quoted} (${list})` };
  });
}

async function look(session: Session, table: Table): Promise<Found> {
  const rows = await session.run(catalogueQuery(table));
  const of = (kind: string) => rows.filter((row) => row[0] === kind);
  return {
    schema: of('schema').length > 0,
    columns: new Map(of('column').map(([, name, type]) => [name ?? '', type ?? ''])),
    indexes: new Set(of('index').map(([, name]) => name ?? '')),
  };
}

/** Asks for schema, columns and indexes that are there. */
export function catalogueQuery({ schema, name }: Table): Statement {
  return {
    text: `
      SELECT 'schema', nspname::text, NULL FROM pg_namespace WHERE nspname = $1
      UNION ALL
      SELECT 'column', a.attname::text, format_type(a.atttypid, a.atttypmod)
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 'index', indexname::text, NULL FROM pg_indexes WHERE schemaname = $1 AND tablename = $2`,
    values: [schema, name],
  };
}

/** One lock for a schema: its creation must not be raced for either. */
function lockKey({ schema }: Table): bigint {
  return createHash('sha256').update(`drydock migration ${schema}`).digest().readBigInt64BE();
}
