import type { StorageRecord, Stored } from '@drydock/storage';
import { invalid } from '@drydock/storage/backend-kit';
import { encodeJsonValue } from './columns.js';
import type { Column, Table } from './table.js';
import { JSON_FORMS } from './undeclared.js';

/** A record as its parameters: one text a column, in the table's order. */
export interface EncodedRow {
  /** The table whose columns these are. */
  readonly table: Table;
  readonly columns: readonly (string | null)[];
  /** JSON object of the properties without a column. */
  readonly extra: string | null;
  /** Lifetime in milliseconds. */
  readonly ttl: string | null;
}

/** A row as it is read: id, declared columns, extras. */
export type Row = readonly (string | null)[];

/** Longest id in UTF-8 bytes: the primary key's index holds little more. */
export const MAX_ID_BYTES = 2048;

/** Throws a data fault for an id that the table cannot hold. */
export function checkId(id: string): void {
  if (id.includes('\0'))
    throw invalid('data', 'INVALID_ID', 'PostgreSQL cannot hold an id with a NUL character');
  if (Buffer.byteLength(id) > MAX_ID_BYTES) {
    const detail = `an id may have at most ${MAX_ID_BYTES} bytes here, since it is the primary key`;
    throw invalid('data', 'INVALID_ID', detail);
  }
}

/** Encodes a record; throws a data fault that names the column, never the value. */
export function encodeRow(
  table: Table,
  record: StorageRecord,
  ttlMs: number | undefined,
): { value: EncodedRow; bytes: number } {
  const { id: _id, ...rest } = record as Record<string, unknown>;
  const columns = table.columns.map((column) => columnText(column, rest));
  const value = { table, columns, extra: encodeExtra(rest), ttl: ttlMs === undefined ? null : String(ttlMs) };
  return { value, bytes: size(value) };
}

/** Takes a property out of the extras into its column. */
function columnText({ name, type, codec, declared }: Column, rest: Record<string, unknown>): string | null {
  const value = Object.hasOwn(rest, name) ? rest[name] : undefined;
  // An explicit null is kept among the extras: an empty column means that the property is absent.
  if (value === undefined || value === null) return null;
  const text = declared ? codec.encode(value, name) : JSON_FORMS[type].encode(value, name);
  if (text !== undefined) delete rest[name];
  else if (declared) throw invalid('data', 'INVALID_COLUMN', `the column "${name}" takes ${codec.takes}`);
  return text ?? null;
}

/** The row for a table that has got columns since it was encoded. */
export function refit(table: Table, row: EncodedRow): EncodedRow {
  if (row.table === table) return row;
  const rest = row.extra === null ? {} : JSON.parse(row.extra);
  const columns = table.columns.map((column) => {
    const known = row.table.columns.findIndex(({ name }) => name === column.name);
    return known === -1 ? columnText(column, rest) : (row.columns[known] ?? null);
  });
  return { ...row, table, columns, extra: encodeExtra(rest) };
}

/** The record of a row. */
export function decodeRow<R extends StorageRecord>(table: Table, row: Row): Stored<R> {
  const record: Record<string, unknown> = { id: row[0] };
  table.columns.forEach(({ name, type, codec, declared }, index) => {
    const text = row[index + 1];
    if (text === null || text === undefined) return;
    record[name] = declared ? codec.decode(text) : JSON_FORMS[type].decode(text);
  });
  const extra = row[table.columns.length + 1];
  const whole = extra === null || extra === undefined ? record : { ...record, ...JSON.parse(extra) };
  return whole as Stored<R>;
}

function encodeExtra(rest: Record<string, unknown>): string | null {
  if (Object.keys(rest).length === 0) return null;
  const text = encodeJsonValue(rest);
  if (text === undefined) {
    const detail = 'the record holds a NUL character or a lone surrogate, which jsonb cannot hold';
    throw invalid('data', 'INVALID_RECORD', detail);
  }
  return text === '{}' ? null : text;
}

function size({ columns, extra }: EncodedRow): number {
  return [...columns, extra].reduce(
    (bytes, text) => bytes + (text === null ? 4 : Buffer.byteLength(text)),
    0,
  );
}
