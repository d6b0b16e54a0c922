import { OptionCheck } from '@drydock/storage/backend-kit';
import { COLUMN_TYPES, type ColumnCodec, type ColumnType } from './columns.js';
import { quoteIdentifier } from './identifiers.js';

/** A column that holds one property. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly codec: ColumnCodec;
  /** Its name in SQL. */
  readonly quoted: string;
  /** False for a column of another version: its values are those of a property like any other. */
  readonly declared: boolean;
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
  /** Those declared; once `connect` has looked, also those that other versions declare. */
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  /** How many columns the table has ever had, by the server's catalogue; known once `connect` has looked. */
  readonly attributes?: number;
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

/** The table with what `connect` found: how many columns it has had, and those of other versions, with their types' names in the catalogue. */
export function withFound(
  { attributes: _, ...table }: Table,
  attributes: number,
  others: readonly (readonly [name: string, catalogue: string])[],
): Table {
  const undeclared = others.flatMap(([name, catalogue]): Column[] => {
    const type = typeOf(catalogue);
    if (type === undefined) return [];
    const quoted = quoteIdentifier('columns', name);
    return [{ name, type, codec: COLUMN_TYPES[type], quoted, declared: false }];
  });
  return {
    ...table,
    attributes,
    columns: [...table.columns.filter(({ declared }) => declared), ...undeclared],
  };
}

/** The type that a column of this type in the catalogue has here. */
export function typeOf(catalogue: string): ColumnType | undefined {
  return (Object.keys(COLUMN_TYPES) as ColumnType[]).find(
    (type) => COLUMN_TYPES[type].catalogue === catalogue,
  );
}

function defineColumn(name: string, type: ColumnType): Column {
  const quoted = quoteIdentifier('columns', name);
  if (RESERVED.has(name)) throw check.error('columns', `cannot name "${name}", which is reserved`);
  if (!Object.hasOwn(COLUMN_TYPES, type)) {
    const known = Object.keys(COLUMN_TYPES).join(', ');
    throw check.error('columns', `must give "${name}" one of the types ${known}`);
  }
  return { name, type, codec: COLUMN_TYPES[type], quoted, declared: true };
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
