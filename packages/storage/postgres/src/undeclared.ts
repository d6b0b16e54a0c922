import { COLUMN_TYPES, type ColumnType } from './columns.js';

/** How a version that does not declare a column reads and writes it: as the JSON that would otherwise be among the extras. */
export interface JsonForm {
  /** The column's text for a JSON value; undefined for what stays among the extras, since the column cannot hold it. */
  encode(value: unknown, property?: string): string | undefined;
  decode(text: string): unknown;
  /** SQL that yields the value as `jsonb`. */
  json(column: string): string;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/** The JSON form of each type. */
export const JSON_FORMS: Readonly<Record<ColumnType, JsonForm>> = {
  text: formOf('text'),
  integer: formOf('integer'),
  bigint: formOf('bigint'),
  double: formOf('double'),
  numeric: { ...formOf('numeric'), json: (column) => `to_jsonb(${column}::text)` },
  boolean: formOf('boolean'),
  uuid: formOf('uuid'),
  jsonb: { ...formOf('jsonb'), json: (column) => column },
  timestamptz: {
    encode: (value) => COLUMN_TYPES.timestamptz.encode(typeof value === 'string' ? dateOf(value) : undefined),
    decode: (text) => (COLUMN_TYPES.timestamptz.decode(text) as Date).toISOString(),
    json: (column) => `to_jsonb(to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
  },
};

function formOf(type: ColumnType): JsonForm {
  const { encode, decode } = COLUMN_TYPES[type];
  return {
    encode: (value, property) => (value === null ? undefined : encode(value, property)),
    decode,
    json: (column) => `to_jsonb(${column})`,
  };
}

/** JavaScript would take the 31st of February for a day of March. */
function dateOf(text: string): Date | undefined {
  const day = INSTANT.exec(text)?.[1];
  if (day === undefined) return undefined;
  const start = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(day)) return undefined;
  return new Date(text);
}
