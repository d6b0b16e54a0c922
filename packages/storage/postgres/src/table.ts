import { OptionCheck } from '@drydock/storage/backend-kit';
import { COLUMN_TYPES, type ColumnCodec, type ColumnType } from './columns.js';
import { quoteIdentifier } from './identifiers.js';

/** A declared column. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly codec: ColumnCodec;
  /** Its name in SQL. */
  readonly quoted: string;
}

/** An index over declared columns. */
export interface Index {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The table of one adapter. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  /** Schema and name in SQL. */
  readonly quoted: string;
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
}

/** What a table is declared by. */
export interface TableOptions {
  readonly schema: string;
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly indexes: readonly (readonly string[])[];
}

/** Primary key. */
export const ID = '"id"';
/** Holds, as one JSON object, the properties that no column is declared for. */
export const EXTRA = '"_extra"';
/** When the record ends; null for never. */
export const EXPIRES_AT = '"_expires_at"';
/** True for records that have not expired, by the server's clock. */
export const ALIVE = `(${EXPIRES_AT} IS NULL OR ${EXPIRES_AT} > now())`;

const check = new OptionCheck('postgres');
/** The last one is not a column, but a setter of every object. */
const RESERVED = new Set(['id', '_extra', '_expires_at', '__proto__']);

/** Checks and quotes all names; throws a `TypeError` that says what is wrong. */
export function defineTable(options: TableOptions): Table {
  const columns = Object.entries(options.columns).map(([name, type]) => defineColumn(name, type));
  return {
    schema: options.schema,
    name: options.table,
    quoted: `${quoteIdentifier('schema', options.schema)}.${quoteIdentifier('table', options.table)}`,
    columns,
    indexes: options.indexes.map((names) => defineIndex(options.table, names, columns)),
  };
}

function defineColumn(name: string, type: ColumnType): Column {
  const quoted = quoteIdentifier('columns', name);
  if (RESERVED.has(name)) throw check.error('columns', `cannot name "${name}", which is reserved`);
  if (!Object.hasOwn(COLUMN_TYPES, type)) {
    const known = Object.keys(COLUMN_TYPES).join(', ');
    throw check.error('columns', `must give "${name}" one of the types ${known}`);
  }
  return { name, type, codec: COLUMN_TYPES[type], quoted };
}

function defineIndex(table: string, names: readonly string[], columns: readonly Column[]): Index {
  for (const name of names) {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column?.codec.ordered)
      throw check.error('indexes', `cannot name "${name}", which is not a declared, ordered column`);
  }
  const name = `${table}_${names.join('_')}_idx`;
  quoteIdentifier('indexes', name);
  return { name, columns: names };
}
