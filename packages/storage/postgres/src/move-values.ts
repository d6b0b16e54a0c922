import type { Session } from './connection.js';
import { type Column, EXTRA, ID, type Table } from './table.js';
import { JSON_FORMS } from './undeclared.js';

const ROWS_PER_PAGE = 5_000;

/** Values that are among the extras although there is a column for them. */
interface Stray {
  readonly id: string;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What `connect` has to know before it moves values. */
export interface StrayValues {
  /** The first column that cannot hold what some records have. */
  readonly unfit?: { readonly name: string; readonly type: string; readonly count: number };
  readonly movable: boolean;
}

/** Looks for values of these columns among the extras; changes nothing. */
export async function findStray(
  session: Session,
  table: Table,
  columns: readonly Column[],
): Promise<StrayValues> {
  const unfit = new Map<Column, number>();
  let movable = false;
  for await (const rows of pages(session, table, columns)) {
    for (const { values } of rows) {
      for (const [column, value] of present(columns, values)) {
        if (value === null) continue;
        movable = true;
        if (textOf(column, value) === undefined) unfit.set(column, (unfit.get(column) ?? 0) + 1);
      }
    }
  }
  const [first] = unfit;
  return { movable, ...(first && { unfit: { name: first[0].name, type: first[0].type, count: first[1] } }) };
}

/**
 * Moves values from the extras into their columns, page by page; one that broke off is begun again and passes what was moved.
 *
 * What is among the extras is newer than what the column holds: a version that declares the column would have emptied them.
 */
export async function moveValues(session: Session, table: Table, columns: readonly Column[]): Promise<void> {
  for await (const rows of pages(session, table, columns)) {
    let left = rows;
    // Somebody may write one of them in between, and decides then.
    while (left.length > 0) {
      const moved = await move(session, table, columns, left);
      const ids = left.filter(({ id }) => !moved.has(id)).map(({ id }) => id);
      left = ids.length === 0 ? [] : await read(session, table, columns, ids);
    }
  }
}

async function move(
  session: Session,
  table: Table,
  columns: readonly Column[],
  rows: readonly Stray[],
): Promise<ReadonlySet<string>> {
  const inputs = columns.map(({ name }) => rows.map(({ values }) => encodeOne(columns, name, values)));
  const touched = rows.map(({ values }) =>
    JSON.stringify(present(columns, values).map(([{ name }]) => name)),
  );
  const taken = rows.map((_, row) =>
    JSON.stringify(columns.filter((_, column) => inputs[column]?.[row] != null).map(({ name }) => name)),
  );
  const set = columns.map(
    ({ name, quoted, codec }) =>
      `${quoted} = CASE WHEN input."_touched" ? '${name}' THEN input.${quoted}::${codec.sql} ELSE "_row".${quoted} END`,
  );
  const names = columns.map(({ quoted }) => quoted).join(', ');
  const types = ['text', 'text', ...columns.map(() => 'text'), 'jsonb', 'jsonb'];
  const input = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const moved = await session.run({
    text:
      `UPDATE ${table.quoted} AS "_row" SET ${set.join(', ')}, ` +
      `${EXTRA} = NULLIF("_row".${EXTRA} - ARRAY(SELECT jsonb_array_elements_text(input."_taken")), '{}') ` +
      `FROM unnest(${input}) AS input(${ID}, "_version", ${names}, "_touched", "_taken") ` +
      `WHERE "_row".${ID} = input.${ID} AND "_row".xmin::text = input."_version" RETURNING "_row".${ID}`,
    values: [rows.map(({ id }) => id), rows.map(({ version }) => version), ...inputs, touched, taken],
  });
  return new Set(moved.map(([id]) => id ?? ''));
}

async function* pages(session: Session, table: Table, columns: readonly Column[]) {
  let last = '';
  for (;;) {
    const page =
      `WITH "_page" AS (SELECT ${ID}, ${EXTRA}, xmin::text AS "_version" FROM ${table.quoted} ` +
      `WHERE ${ID} > $1::text ORDER BY ${ID} LIMIT ${ROWS_PER_PAGE}) `;
    const rows = await session.run({
      text: `${page}${readStray('"_page"', '"_version"')} UNION ALL SELECT max(${ID}), NULL, NULL FROM "_page"`,
      values: [last, columns.map(({ name }) => name)],
    });
    const end = rows.at(-1)?.[0];
    if (end === null || end === undefined) return;
    last = end;
    const strays = rows.slice(0, -1).map(strayOf);
    if (strays.length > 0) yield strays;
  }
}

async function read(
  session: Session,
  table: Table,
  columns: readonly Column[],
  ids: readonly string[],
): Promise<Stray[]> {
  const rows = await session.run({
    text: `${readStray(table.quoted, 'xmin::text')} AND ${ID} = ANY($1::text[])`,
    values: [ids, columns.map(({ name }) => name)],
  });
  return rows.map(strayOf);
}

/** Reads of the extras only what has a column. */
function readStray(from: string, version: string): string {
  const some = `SELECT jsonb_object_agg(name, ${EXTRA} -> name) FROM unnest($2::text[]) AS name WHERE ${EXTRA} ? name`;
  return `SELECT ${ID}, ${version}, (${some})::text FROM ${from} WHERE ${EXTRA} ?| $2::text[]`;
}

function strayOf([id, version, values]: readonly (string | null)[]): Stray {
  return { id: id ?? '', version: version ?? '', values: JSON.parse(values ?? '{}') };
}

function present(columns: readonly Column[], values: Stray['values']): [Column, unknown][] {
  return columns.flatMap((column): [Column, unknown][] =>
    Object.hasOwn(values, column.name) ? [[column, values[column.name]]] : [],
  );
}

function encodeOne(columns: readonly Column[], name: string, values: Stray['values']): string | null {
  const found = present(columns, values).find(([column]) => column.name === name);
  return found ? (textOf(...found) ?? null) : null;
}

function textOf(column: Column, value: unknown): string | undefined {
  return value === null ? undefined : JSON_FORMS[column.type].encode(value, column.name);
}
