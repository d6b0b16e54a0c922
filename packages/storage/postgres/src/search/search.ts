import { encodeCursor, type SearchPage, type StorageRecord, type Stored } from '@drydock/storage';
import {
  checkShape,
  fingerprintOf,
  foreignCursor,
  invalidQuery,
  openCursor,
  type Shape,
} from '@drydock/storage/backend-kit';
import { decodeRow, type Row } from '../codec.js';
import { COLUMN_TYPES, type ColumnCodec } from '../columns.js';
import { asKnown, counted, type Statement, type TableStatements } from '../sql.js';
import { ALIVE, ID, type Table } from '../table.js';
import { compileFilter } from './filter.js';
import { Parameters } from './parameters.js';
import type { Order, PostgresQuery } from './query.js';

/** A compiled search: what to send, and how to read what comes back. */
export interface Search<R extends StorageRecord> {
  readonly statement: Statement;
  page(rows: readonly Row[]): SearchPage<Stored<R>>;
}

interface SortKey {
  readonly sql: string;
  readonly codec: ColumnCodec;
  readonly descending: boolean;
  readonly nullable: boolean;
}

const DEFAULT_LIMIT = 50;
const ORDER: Shape<Order> = { field: 'string', direction: 'any' };

/** Compiles a query; throws a query fault when it cannot be meant. */
export function compileSearch<R extends StorageRecord>(
  table: Table,
  { readColumns }: TableStatements,
  query: PostgresQuery,
): Search<R> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const keys = sortKeys(query.orderBy ?? [], table);
  const parameters = new Parameters();
  const filter = compileFilter(query.where ?? [], table, parameters);
  const order = keys.map(({ sql, descending }) => `${sql} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const fingerprint = fingerprintOf(...(declaredFilter(table, query) ?? [filter, parameters.values]), order);
  const start =
    query.cursor === undefined ? 'true' : after(keys, open(query.cursor, fingerprint, keys), parameters);
  const positions = keys.map(({ sql, codec }, index) => `${codec.exact(sql)} AS "_key${index}"`).join(', ');
  const text =
    `SELECT ${readColumns}, ${positions} FROM ${table.quoted} ` +
    `WHERE ${ALIVE} AND ${filter} AND ${start}${asKnown(table)} ` +
    // One more than the page holds tells whether there is a next one.
    `ORDER BY ${order} LIMIT ${limit + 1}`;
  return {
    statement: { text, values: parameters.values },
    page: (rows) => {
      const shown = rows.slice(0, limit);
      const items = shown.map((row) => decodeRow<R>(table, row));
      const last = rows.length > limit ? shown.at(-1) : undefined;
      if (!last) return { items };
      return { items, cursor: encodeCursor([fingerprint, JSON.stringify(last.slice(-keys.length))]) };
    },
  };
}

/** How many records a query finds, in whatever order. */
export function compileCount(table: Table, query: PostgresQuery): Statement {
  const { filter, values } = compileWhole(table, query);
  return { text: `SELECT count(*) FROM ${table.quoted} WHERE ${filter}`, values };
}

/** Deletes what a query finds, and counts it. */
export function compileDelete(table: Table, query: PostgresQuery): Statement {
  const { filter, values } = compileWhole(table, query);
  return { text: counted(`DELETE FROM ${table.quoted} WHERE ${filter} RETURNING true AS "_counts"`), values };
}

function compileWhole(table: Table, { where = [], orderBy = [] }: PostgresQuery) {
  sortKeys(orderBy, table);
  const parameters = new Parameters();
  const filter = `${ALIVE} AND ${compileFilter(where, table, parameters)}${asKnown(table)}`;
  return { filter, values: parameters.values };
}

/** The filter as it is without the columns of other versions: a cursor outlives the arrival of one. */
function declaredFilter(table: Table, { where = [] }: PostgresQuery) {
  const columns = table.columns.filter(({ declared }) => declared);
  if (columns.length === table.columns.length) return undefined;
  const parameters = new Parameters();
  return [compileFilter(where, { ...table, columns }, parameters), parameters.values] as const;
}

/** The order in full: the id comes last and in the last direction, so that one index serves both. */
function sortKeys(orderBy: readonly Order[], table: Table): SortKey[] {
  if (!Array.isArray(orderBy)) throw invalidQuery('`orderBy` takes a list');
  const keys = orderBy.map((order) => sortKey(order, table));
  const known = keys.findIndex(({ sql }) => sql === ID);
  if (known >= 0) return keys.slice(0, known + 1);
  return [
    ...keys,
    { sql: ID, codec: COLUMN_TYPES.text, descending: keys.at(-1)?.descending ?? false, nullable: false },
  ];
}

function sortKey(order: Order, table: Table): SortKey {
  if (typeof order !== 'object' || order === null) throw invalidQuery('`orderBy` takes a list of objects');
  checkShape(order, ORDER, 'orderBy.');
  const { field, direction = 'asc' } = order;
  if (direction !== 'asc' && direction !== 'desc') throw invalidQuery("a direction is 'asc' or 'desc'");
  const descending = direction === 'desc';
  if (field === 'id') return { sql: ID, codec: COLUMN_TYPES.text, descending, nullable: false };
  const column = table.columns.find(({ name, declared }) => declared && name === field);
  if (!column?.codec.ordered)
    throw invalidQuery('`orderBy` takes `id` and declared columns other than jsonb');
  return { sql: column.quoted, codec: column.codec, descending, nullable: true };
}

/** SQL for "comes after this position"; an absent value counts as greater than any other, as the server sorts it. */
function after(
  keys: readonly SortKey[],
  position: readonly (string | null)[],
  parameters: Parameters,
): string {
  const [key, ...rest] = keys;
  const [value, ...values] = position;
  if (!key) return 'false';
  const next = rest.length === 0 ? undefined : after(rest, values, parameters);
  const { sql, codec, descending, nullable } = key;
  if (value === null || value === undefined) {
    const equal = next === undefined ? [] : [`(${sql} IS NULL AND ${next})`];
    return either(descending ? [`${sql} IS NOT NULL`, ...equal] : equal);
  }
  const bound = parameters.add(value, codec.sql);
  const equal = next === undefined ? [] : [`(${sql} = ${bound} AND ${next})`];
  const absent = nullable && !descending ? [`${sql} IS NULL`] : [];
  return either([`${sql} ${descending ? '<' : '>'} ${bound}`, ...absent, ...equal]);
}

function either(alternatives: readonly string[]): string {
  return alternatives.length === 0 ? 'false' : `(${alternatives.join(' OR ')})`;
}

function open(cursor: string, fingerprint: string, keys: readonly SortKey[]): (string | null)[] {
  const [position] = openCursor(cursor, fingerprint, ['string']);
  const values = parseList(position);
  const fits =
    values?.length === keys.length && values.every((value) => value === null || typeof value === 'string');
  if (!fits) throw foreignCursor();
  return values as (string | null)[];
}

function parseList(text: string): unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
