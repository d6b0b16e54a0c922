import { encodeJson } from '@drydock/storage';

/** Types that a declared column can have. */
export type ColumnType =
  /** A string without NUL; ordered by code point. */
  | 'text'
  /** An integer of 32 bits as a number. */
  | 'integer'
  /** An integer of 64 bits: a number where it is safe, else a bigint. */
  | 'bigint'
  /** A finite number. */
  | 'double'
  /** An exact decimal number as a string, such as `'12.50'`. */
  | 'numeric'
  | 'boolean'
  /** A `Date` of the years 1 to 9999. */
  | 'timestamptz'
  /** A UUID as a string; comes back in lower case. */
  | 'uuid'
  /** Whatever JSON can hold, without NUL. */
  | 'jsonb';

/** How one type travels: always as text, so that neither side's settings or type parsers change a value. */
export interface ColumnCodec {
  /** Its name in SQL. */
  readonly sql: string;
  /** Its name in the catalogue. */
  readonly catalogue: string;
  /** What it takes, for messages. */
  readonly takes: string;
  /** Whether it has an order, to sort and to compare by. */
  readonly ordered: boolean;
  /** The value as text, or undefined when the type cannot hold it. */
  encode(value: unknown, property?: string): string | undefined;
  decode(text: string): unknown;
  /** SQL that yields the text which `decode` reads. */
  read(column: string): string;
  /** SQL that yields text from which the value is restored exactly, for cursors. */
  exact(column: string): string;
}

const INT32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DECIMAL = /^-?\d{1,1000}(\.\d{1,1000})?$/;
const UNFIT_TEXT = /[\0\p{Surrogate}]/u;
/** An escaped NUL or lone surrogate: legal JSON, but no text that PostgreSQL can hold. */
const UNFIT_JSON = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

const plain = {
  ordered: true,
  decode: (text: string): unknown => text,
  read: (column: string) => column,
  exact: (column: string) => `${column}::text`,
};

/** The codec of each type. */
export const COLUMN_TYPES: Readonly<Record<ColumnType, ColumnCodec>> = {
  text: {
    ...plain,
    sql: 'text',
    catalogue: 'text',
    takes: 'a string without NUL and lone surrogates',
    encode: (value) => (typeof value === 'string' && !UNFIT_TEXT.test(value) ? value : undefined),
  },
  integer: {
    ...plain,
    sql: 'integer',
    catalogue: 'integer',
    takes: 'an integer from -2147483648 to 2147483647',
    encode: (value) => (typeof value === 'number' ? encodeInteger(value, INT32) : undefined),
    decode: Number,
  },
  bigint: {
    ...plain,
    sql: 'bigint',
    catalogue: 'bigint',
    takes: 'a safe integer or a bigint of 64 bits',
    encode: (value) => encodeInteger(value, INT64),
    decode: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
  },
  double: {
    ...plain,
    sql: 'double precision',
    catalogue: 'double precision',
    takes: 'a finite number',
    encode: (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined),
    decode: Number,
  },
  numeric: {
    ...plain,
    sql: 'numeric',
    catalogue: 'numeric',
    takes: "a decimal number as a string, such as '12.50'",
    encode: (value) => (typeof value === 'string' && DECIMAL.test(value) ? value : undefined),
  },
  boolean: {
    ...plain,
    sql: 'boolean',
    catalogue: 'boolean',
    takes: 'true or false',
    encode: (value) => (typeof value === 'boolean' ? String(value) : undefined),
    decode: (text) => text === 't',
  },
  timestamptz: {
    ...plain,
    sql: 'timestamptz',
    catalogue: 'timestamp with time zone',
    takes: 'a valid Date of the years 1 to 9999',
    encode: encodeDate,
    decode: (text) => new Date(Math.floor(Number(text))),
    // Neither depends on the session's DateStyle and TimeZone, as plain output does.
    read: (column) => `(extract(epoch FROM ${column}) * 1000)`,
    exact: (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  },
  uuid: {
    ...plain,
    sql: 'uuid',
    catalogue: 'uuid',
    takes: 'a UUID as a string',
    encode: (value) => (typeof value === 'string' && UUID.test(value) ? value : undefined),
  },
  jsonb: {
    ...plain,
    sql: 'jsonb',
    catalogue: 'jsonb',
    takes: 'a value that JSON can hold, without NUL and lone surrogates',
    ordered: false,
    encode: encodeJsonValue,
    decode: (text) => JSON.parse(text),
  },
};

/** JSON text that `jsonb` can hold, or undefined; may throw the contract's data fault. */
export function encodeJsonValue(value: unknown, property?: string): string | undefined {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return undefined;
  // Wrapped, since the contract encodes objects; the wrapping is cut off again.
  const text = isObject(value) ? encodeJson(value, property) : encodeJson([value], property).slice(1, -1);
  return text.includes('\\u') && UNFIT_JSON.test(text) ? undefined : text;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function encodeInteger(value: unknown, range: { min: bigint; max: bigint }): string | undefined {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return undefined;
  const integer = BigInt(value as number | bigint);
  return integer >= range.min && integer <= range.max ? String(integer) : undefined;
}

function encodeDate(value: unknown): string | undefined {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const year = value.getUTCFullYear();
  return year >= 1 && year <= 9999 ? value.toISOString() : undefined;
}
