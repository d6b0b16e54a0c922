import { createHash } from 'node:crypto';
import { errorCode, notMigrated, refused } from '@drydock/storage/backend-kit';
import { type Found, type FoundColumn, isOwn, isSettled, LAYOUT, look, MOVING } from './catalogue.js';
import type { Session } from './connection.js';
import { findStray, moveValues } from './move-values.js';
import { type Column, EXPIRES_AT, EXTRA, ID, type Table, typeOf, withFound } from './table.js';

interface Expected {
  readonly name: string;
  readonly catalogue: string;
  /** Definition in SQL. */
  readonly definition: string;
}

/** Looks whether the table is as declared, makes it so where that is allowed, and returns it with the columns of other versions. */
export async function openTable(session: Session, table: Table, mayMigrate: boolean): Promise<Table> {
  const before = await look(session, table);
  checkOthers(table, before);
  const lacking = missing(table, before).length > 0;
  if (lacking && !mayMigrate) throw notMigrated('the table, a column or an index');
  const unsettled = unsettledColumns(table, before);
  await checkValues(session, table, unsettled, before, mayMigrate);
  const created = lacking ? await create(session, table, before) : before;
  if (mayMigrate && unsettled.length > 0) await settle(session, table, unsettled, before);
  const after = unsettled.length > 0 ? await look(session, table) : created;
  const others = [...after.columns].filter(
    ([name, found]) => isOwn(found) && !expectedColumns(table).some((expected) => expected.name === name),
  );
  return withFound(
    table,
    after.attributes,
    others.map(([name, { type }]) => [name, type]),
  );
}

/**
 * Creates what is missing and nothing else, as one transaction of one message, which a pooler passes on whole; several
 * processes may do so at once, so that it looks again until nothing is missing.
 */
async function create(session: Session, table: Table, before: Found): Promise<Found> {
  let found = before;
  for (let statements = missing(table, found); statements.length > 0; statements = missing(table, found)) {
    const lock = `SELECT pg_advisory_xact_lock(${lockKey(table)})`;
    await session.run({ text: [lock, ...statements].join('; ') });
    found = await look(session, table);
  }
  return found;
}

/** The statements that create what is missing; throws a query fault when a column is there with another type. */
export function missing(table: Table, found: Pick<Found, 'schema' | 'columns' | 'indexes'>): string[] {
  const columns = expectedColumns(table);
  for (const { name, catalogue } of columns) {
    const actual = found.columns.get(name)?.type;
    if (actual !== undefined && actual !== catalogue) {
      const detail = `the column "${name}" exists with a type other than ${catalogue}; change the declaration or the table`;
      throw refused('query', 'COLUMN_TYPE', detail);
    }
  }
  const statements: string[] = [];
  if (!found.schema) statements.push(`CREATE SCHEMA IF NOT EXISTS "${table.schema}"`);
  if (found.columns.size === 0) {
    statements.push(
      `CREATE TABLE IF NOT EXISTS ${table.quoted} (${columns.map(({ definition }) => definition).join(', ')})`,
      ...['_extra', ...table.columns.map(({ name }) => name)].map((name) => comment(table, name, LAYOUT)),
    );
  } else {
    const added = columns.filter(({ name }) => !found.columns.has(name));
    statements.push(
      ...added.map(({ definition }) => `ALTER TABLE ${table.quoted} ADD COLUMN IF NOT EXISTS ${definition}`),
      ...added.map(({ name }) => comment(table, name, MOVING)),
    );
  }
  const indexes = expectedIndexes(table).filter(({ name }) => !found.indexes.has(name));
  return [...statements, ...indexes.map(({ definition }) => definition)];
}

/** Text is ordered by code point on every server: an order by language differs from host to host. */
const TEXT = 'text COLLATE "C"';

function expectedColumns(table: Table): Expected[] {
  return [
    { name: 'id', catalogue: 'text', definition: `${ID} ${TEXT} PRIMARY KEY` },
    ...table.columns.map(({ name, quoted, type, codec }) => ({
      name,
      catalogue: codec.catalogue,
      definition: `${quoted} ${type === 'text' ? TEXT : codec.sql}`,
    })),
    { name: '_extra', catalogue: 'jsonb', definition: `${EXTRA} jsonb` },
    { name: '_expires_at', catalogue: 'timestamp with time zone', definition: `${EXPIRES_AT} timestamptz` },
  ];
}

function expectedIndexes(table: Table): { name: string; definition: string }[] {
  return table.indexes.map(({ name, columns }) => {
    const list = [...columns.map((column) => `"${column}"`), ID].join(', ');
    return { name, definition: `CREATE INDEX IF NOT EXISTS "${name}" ON ${table.quoted} (${list})` };
  });
}

/** In the first layout nothing said whose a column is: one that looks like the adapter's own may hold values of records. */
function checkOthers(table: Table, { columns }: Found): void {
  const extra = columns.get('_extra');
  if (!extra || isOwn(extra)) return;
  const known = expectedColumns(table).map(({ name }) => name);
  const stranger = [...columns].find(
    ([name, column]) => !known.includes(name) && isUnmarked(column) && typeOf(column.type) !== undefined,
  );
  if (!stranger) return;
  const detail =
    `the table is of an older version, and its column "${stranger[0]}" is not declared: declare it, at least for one \`connect\`, ` +
    `or say that it is not the adapter's by a comment: COMMENT ON COLUMN ${table.quoted}."${stranger[0]}" IS '…'`;
  throw refused('data', 'UNDECLARED_COLUMN', detail);
}

function isUnmarked({ alike, comment: text }: FoundColumn): boolean {
  return alike && text === null;
}

/** The declared columns whose values may be among the extras; none of a table that is not there yet. */
function unsettledColumns(table: Table, { columns }: Found): Column[] {
  if (columns.size === 0) return [];
  return table.columns.filter(({ name }) => {
    const found = columns.get(name);
    return found === undefined || !isSettled(found);
  });
}

/** Refuses, before anything is changed, what a column cannot take, and what may not be moved. */
async function checkValues(
  session: Session,
  table: Table,
  unsettled: readonly Column[],
  { columns }: Found,
  mayMigrate: boolean,
): Promise<void> {
  const unchecked = unsettled.filter(({ name }) => {
    const found = columns.get(name);
    return !mayMigrate || found === undefined || !isOwn(found);
  });
  if (unchecked.length === 0) return;
  const { unfit, movable } = await findStray(session, table, unchecked);
  if (unfit) {
    const detail =
      `${unfit.count} records hold in "${unfit.name}" what a column of the type ${unfit.type} cannot; ` +
      `change these values, or declare "${unfit.name}" as jsonb`;
    throw refused('data', 'COLUMN_VALUES', detail);
  }
  if (movable && !mayMigrate) throw notMigrated('a move of values into their columns');
}

/** Moves values and says so in the catalogue; a user who may not say it looks again with each `connect`. */
async function settle(
  session: Session,
  table: Table,
  columns: readonly Column[],
  before: Found,
): Promise<void> {
  await moveValues(session, table, columns);
  const extra = before.columns.get('_extra');
  const adopted = columns.filter(({ name }) => isForeign(before.columns.get(name)));
  const statements = [
    ...(adopted.length > 0 && extra && isOwn(extra) ? tellOthers(table) : []),
    ...columns.map(({ name }) => comment(table, name, LAYOUT, before.columns.get(name)?.comment)),
    ...(extra && isOwn(extra) ? [] : [comment(table, '_extra', LAYOUT, extra?.comment)]),
  ];
  try {
    await session.run({ text: statements.join('; ') });
  } catch (error) {
    if (errorCode(error) !== INSUFFICIENT_PRIVILEGE) throw error;
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

function isForeign(found: FoundColumn | undefined): boolean {
  return found !== undefined && !isOwn(found);
}

/** A column that was there before becomes the adapter's: others notice only that there is one more. */
function tellOthers({ quoted }: Table): string[] {
  const name = `"_drydock_${Date.now().toString(36)}"`;
  return [`ALTER TABLE ${quoted} ADD COLUMN ${name} boolean`, `ALTER TABLE ${quoted} DROP COLUMN ${name}`];
}

/** Keeps what somebody else wrote there. */
function comment(table: Table, name: string, mark: string, before: string | null | undefined = null): string {
  const theirs = before?.replace(new RegExp(`(${MOVING}|${LAYOUT})$`), '').trim() ?? '';
  const text = theirs === '' ? mark : `${theirs} ${mark}`;
  return `COMMENT ON COLUMN ${table.quoted}."${name}" IS '${text.replaceAll("'", "''")}'`;
}

/** One lock for a schema: its creation must not be raced for either. */
function lockKey({ schema }: Table): bigint {
  return createHash('sha256').update(`drydock migration ${schema}`).digest().readBigInt64BE();
}
