import { createHash } from 'node:crypto';
import { ALIVE, EXPIRES_AT, EXTRA, ID, type Table } from './table.js';

/** A statement with its parameters, all as text. */
export interface Statement {
  /** Makes the server keep its plan; derived from the text, so that one name never means two statements. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly (string | null | readonly (string | null)[])[];
}

/** The texts of a table's fixed statements, made once. */
export interface TableStatements {
  /** Parameters: ids, one array a column, extras, lifetimes in milliseconds. */
  readonly upsert: Named;
  /** Parameter: ids. Columns: those of `readColumns`. */
  readonly retrieve: Named;
  /** Parameter: ids. Columns: the id, and whether the record was still alive. */
  readonly remove: Named;
  /** What a record is read by: id, declared columns, extras. */
  readonly readColumns: string;
}

/** A statement's text and name. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/** Writes the statements of a table. */
export function tableStatements(table: Table): TableStatements {
  const readColumns = [ID, ...table.columns.map(({ codec, quoted }) => codec.read(quoted)), EXTRA].join(', ');
  return {
    readColumns,
    upsert: named(upsert(table)),
    retrieve: named(`SELECT ${readColumns} FROM ${table.quoted} WHERE ${ID} = ANY($1::text[]) AND ${ALIVE}`),
    remove: named(`DELETE FROM ${table.quoted} WHERE ${ID} = ANY($1::text[]) RETURNING ${ID}, ${ALIVE}`),
  };
}

function upsert(table: Table): string {
  const types = ['text', ...table.columns.map(({ codec }) => codec.sql), 'jsonb', 'double precision'];
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const written = [...table.columns.map(({ quoted }) => quoted), EXTRA];
  const updates = [...written, EXPIRES_AT].map((column) => `${column} = excluded.${column}`).join(', ');
  const columns = [ID, ...written].join(', ');
  return (
    `INSERT INTO ${table.quoted} (${columns}, ${EXPIRES_AT}) ` +
    `SELECT ${columns}, now() + "_ttl" * interval '1 millisecond' ` +
    `FROM unnest(${arrays}) AS input(${columns}, "_ttl") ` +
    `ON CONFLICT (${ID}) DO UPDATE SET ${updates}`
  );
}

function named(text: string): Named {
  return { text, name: `drydock_${createHash('sha256').update(text).digest('hex').slice(0, 16)}` };
}
