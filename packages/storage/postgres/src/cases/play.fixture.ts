import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Step } from './steps.fixture.js';

/** Time for a statement to arrive and to begin, in milliseconds. */
const UNDER_WAY_MS = 300;
/** Values as the server writes them. */
const AS_TEXT = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

/** The answer to a step as text: command tags, columns with their types and rows, or the SQLSTATE. */
export async function ask(client: pg.Client, { text, name, values, anyOrder }: Step): Promise<string> {
  try {
    const answer = await client.query<(string | null)[]>({
      text,
      rowMode: 'array',
      types: AS_TEXT,
      ...(values && { values: [...values] }),
      ...(name !== undefined && { name }),
    });
    // Several statements in one text have several answers.
    const answers = Array.isArray(answer) ? answer : [answer];
    return `${JSON.stringify(answers.map((one) => comparable(one, anyOrder)))} ${client.getTransactionStatus()}`;
  } catch (error) {
    await ready(client);
    return `${codeOf(error)} ${client.getTransactionStatus()}`;
  }
}

/** Waits for the server's next message, which holds the state of the transaction: the driver rejects before it. */
async function ready(client: pg.Client): Promise<void> {
  const end = performance.now() + UNDER_WAY_MS;
  while (!Reflect.get(client, 'readyForQuery') && performance.now() < end) await sleep(1);
}

/** How a statement ends that another connection cancels, with the answer to that connection. */
export async function cancel(busy: pg.Client, other: pg.Client, text: string): Promise<string> {
  const ended = busy.query(text).then(() => 'done', codeOf);
  await sleep(UNDER_WAY_MS);
  const { rows } = await other.query(`SELECT pg_cancel_backend(${Reflect.get(busy, 'processID')})`);
  return `${await ended} ${rows[0].pg_cancel_backend} ${(await busy.query('SELECT 1 AS n')).rows[0].n}`;
}

/** How a connection is refused. */
export function refusal(client: pg.Client): Promise<string> {
  return client.connect().then(() => 'connected', codeOf);
}

/** Severity and SQLSTATE, by which the adapter tells errors apart; the message where there is no SQLSTATE. */
function codeOf(error: unknown): string {
  const { code, severity, message } = error as pg.DatabaseError;
  return code === undefined ? message : `${severity} ${code}`;
}

function comparable(
  { command, rowCount, fields, rows }: pg.QueryArrayResult<(string | null)[]>,
  anyOrder: boolean | undefined,
) {
  const columns = fields.map(({ name, dataTypeID }) => `${name}: ${dataTypeID}`);
  const shown = rows.map((row) =>
    row.map((value, index) => (isClock(fields[index]?.name) ? 'some time' : value)),
  );
  return {
    command,
    rowCount,
    columns,
    rows: anyOrder ? shown.map((row) => JSON.stringify(row)).sort() : shown,
  };
}

function isClock(column: string | undefined): boolean {
  return column === '_expires_at';
}
