import type { Session } from './connection.js';
import type { Statement } from './sql.js';
import type { Table } from './table.js';

/** Comment on a column of this adapter; on `_extra` it says which layout the rows have. */
export const LAYOUT = 'drydock layout 2';
/** Comment on a column whose values may still be among the extras. */
export const MOVING = `${LAYOUT}, moving`;

/** A column as the catalogue has it. */
export interface FoundColumn {
  readonly type: string;
  readonly comment: string | null;
  /** Made as this adapter makes its own: no default, no condition, text by code point. */
  readonly alike: boolean;
}

/** What is there of a table. */
export interface Found {
  readonly schema: boolean;
  /** How many columns the table has ever had. */
  readonly attributes: number;
  readonly columns: ReadonlyMap<string, FoundColumn>;
  readonly indexes: ReadonlySet<string>;
}

/** Whether values of this column are in the column, and nowhere else. */
export function isSettled({ comment }: FoundColumn): boolean {
  return comment?.endsWith(LAYOUT) ?? false;
}

/** Whether this adapter keeps records in this column, in whatever version. */
export function isOwn(column: FoundColumn): boolean {
  return isSettled(column) || (column.comment?.endsWith(MOVING) ?? false);
}

/** Looks at what is there, in one request. */
export async function look(session: Session, table: Table): Promise<Found> {
  const rows = await session.run(catalogueQuery(table));
  const of = (kind: string) => rows.filter((row) => row[0] === kind);
  const columns = of('column').map(([, name, type, comment, alike]) => {
    return [name ?? '', { type: type ?? '', comment: comment ?? null, alike: alike === 'true' }] as const;
  });
  return {
    schema: of('schema').length > 0,
    attributes: Number(of('table')[0]?.[1] ?? 0),
    columns: new Map(columns),
    indexes: new Set(of('index').map(([, name]) => name ?? '')),
  };
}

/** Asks for schema, table, columns and indexes that are there. */
export function catalogueQuery({ schema, name }: Table): Statement {
  return {
    text: `
      SELECT 'schema', nspname::text, NULL, NULL, NULL FROM pg_namespace WHERE nspname = $1
      UNION ALL
      SELECT 'table', c.relnatts::text, NULL, NULL, NULL
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = $2
      UNION ALL
      SELECT 'column', a.attname::text, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum),
        (NOT a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
          AND (a.attcollation = 0 OR EXISTS (SELECT FROM pg_collation WHERE oid = a.attcollation AND collname = 'C')))::text
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 'index', indexname::text, NULL, NULL, NULL FROM pg_indexes WHERE schemaname = $1 AND tablename = $2`,
    values: [schema, name],
  };
}
