import { encodeRow } from '../codec.js';
import type { PostgresQuery } from '../search/query.js';
import { compileSearch } from '../search/search.js';
import { type Statement, tableStatements } from '../sql.js';
import type { Table } from '../table.js';

/** A statement that both servers are sent. */
export interface Step extends Statement {
  /** The statement leaves the order of its rows open. */
  readonly anyOrder?: true;
  /** SQLSTATE of the error to plant in the fake, where it does not fail by itself. */
  readonly planted?: string;
  /** Versions that answer differently from the one that the fake stands for, and why. */
  readonly differs?: { readonly versions: RegExp; readonly why: string };
}

type Item = { readonly id: string } & Readonly<Record<string, unknown>>;

/** The statements that the adapter sends over a table. */
export function stepsOf(table: Table) {
  const { upsert, retrieve, remove, ...rest } = tableStatements(table);
  return {
    store: (items: readonly Item[], ttlMs?: number): Step => {
      const rows = items.map((item) => encodeRow(table, item, ttlMs).value);
      const columns = table.columns.map((_, index) => rows.map((row) => row.columns[index] ?? null));
      const values = [
        items.map(({ id }) => id),
        ...columns,
        rows.map(({ extra }) => extra),
        rows.map(({ ttl }) => ttl),
      ];
      return { ...upsert, values };
    },
    /** Stores the text of one column as it is, without the adapter's encoding. */
    raw: (column: string, text: string): Step => ({
      ...upsert,
      values: [
        ['raw'],
        ...table.columns.map(({ name }) => [name === column ? text : null]),
        [column === '_extra' ? text : null],
        [column === '_ttl' ? text : null],
      ],
    }),
    read: (...ids: string[]): Step => ({ ...retrieve, values: [ids], anyOrder: true }),
    remove: (...ids: string[]): Step => ({ ...remove, values: [ids], anyOrder: true }),
    search: (query: PostgresQuery): Step =>
      compileSearch(table, { upsert, retrieve, remove, ...rest }, { limit: 100, ...query }).statement,
  };
}
