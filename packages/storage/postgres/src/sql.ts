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
  /** As `upsert`, for one record, where none is alive; a row where it was stored. */
  readonly insert: Named;
  /** As `upsert`, for one record, with its version and whether its end stays; a row where it was stored. */
  readonly replace: Named;
  /** Parameter: ids. Columns: those of `readColumns`, and the version. */
  readonly retrieveVersion: Named;
  /** Parameters: id, lifetime in milliseconds. A row where there is such a record. */
  readonly touch: Named;
  /** One row: how many records there were. */
  readonly clear: Named;
  /** One row: how many had expired. */
  readonly purge: Named;
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
    retrieve: named(
      `SELECT ${readColumns} FROM ${table.quoted} WHERE ${ID} = ANY($1::text[]) AND ${ALIVE}${asKnown(table)}`,
    ),
    insert: named(`${upsert(table)} WHERE NOT ${aliveOf(table.quoted)} RETURNING ${table.quoted}.${ID}`),
    replace: named(replace(table)),
    retrieveVersion: named(
      `SELECT ${readColumns}, xmin::text FROM ${table.quoted} WHERE ${ID} = ANY($1::text[]) AND ${ALIVE}${asKnown(table)}`,
    ),
    touch: named(
      `UPDATE ${table.quoted} SET ${EXPIRES_AT} = now() + $2::double precision * interval '1 millisecond' ` +
        `WHERE ${ID} = $1::text AND ${ALIVE} RETURNING ${ID}`,
    ),
    clear: named(counted(`DELETE FROM ${table.quoted} RETURNING ${ALIVE} AS "_counts"`)),
    purge: named(counted(`DELETE FROM ${table.quoted} WHERE NOT ${ALIVE} RETURNING true AS "_counts"`)),
    remove: named(`DELETE FROM ${table.quoted} WHERE ${ID} = ANY($1::text[]) RETURNING ${ID}, ${ALIVE}`),
  };
}

/** Counts the rows of a statement that returns whether each counts. */
export function counted(statement: string): string {
  return `WITH "_gone" AS (${statement}) SELECT count(*) FILTER (WHERE "_counts") FROM "_gone"`;
}

/** Its version is the transaction that wrote the row: nothing is kept for it, and other programs' writes change it. */
function replace(table: Table): string {
  const { columns, written, input, count } = inputOf(table);
  const updates = written.map((column) => `${column} = input.${column}`);
  const end = `CASE WHEN $${count + 2}::boolean THEN "_row".${EXPIRES_AT} ELSE now() + "_ttl" * interval '1 millisecond' END`;
  return (
    `UPDATE ${table.quoted} AS "_row" SET ${[...updates, `${EXPIRES_AT} = ${end}`].join(', ')} ` +
    `FROM unnest(${input}) AS input(${columns}, "_ttl") ` +
    `WHERE "_row".${ID} = input.${ID} AND ${aliveOf('"_row"')} AND "_row".xmin::text = $${count + 1}::text${asKnown(table)} ` +
    `RETURNING "_row".${ID}`
  );
}

/** SQLSTATE of a statement made for other columns than the table has now: a division by zero, of which there is no other. */
export const OUTDATED = '22012';

/**
 * SQL after a condition that fails the whole statement once the table has more columns than those it was made for.
 *
 * A version that declares more may add one at any time, and moves values there. The statement's lock on the table goes before its
 * look at the catalogue, so that it cannot miss one. Columns that are removed count on.
 */
export function asKnown({ quoted, attributes }: Table): string {
  if (attributes === undefined) return '';
  const row = `SELECT count(*) FROM pg_catalog.pg_class WHERE oid = '${quoted}'::regclass AND relnatts = ${attributes}`;
  return ` AND 1 / (${row}) = 1`;
}

function aliveOf(row: string): string {
  return ALIVE.replaceAll(EXPIRES_AT, `${row}.${EXPIRES_AT}`);
}

/** The parameters of records to store, as a table. */
function inputOf(table: Table) {
  const types = ['text', ...table.columns.map(({ codec }) => codec.sql), 'jsonb', 'double precision'];
  const input = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const written = [...table.columns.map(({ quoted }) => quoted), EXTRA];
  return { input, written, columns: [ID, ...written].join(', '), count: types.length };
}

function upsert(table: Table): string {
  const { columns, written, input } = inputOf(table);
  const updates = [...written, EXPIRES_AT].map((column) => `${column} = excluded.${column}`).join(', ');
  return (
    `INSERT INTO ${table.quoted} (${columns}, ${EXPIRES_AT}) ` +
    `SELECT ${columns}, now() + "_ttl" * interval '1 millisecond' ` +
    `FROM unnest(${input}) AS input(${columns}, "_ttl") WHERE true${asKnown(table)} ` +
    `ON CONFLICT (${ID}) DO UPDATE SET ${updates}`
  );
}

function named(text: string): Named {
  return { text, name: `drydock_${createHash('sha256').update(text).digest('hex').slice(0, 16)}` };
}
