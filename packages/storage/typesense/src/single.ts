import type { Attempt, EncodedRecord } from '@drydock/storage';
import { foreignAnswer } from '@drydock/storage/backend-kit';
import type { Connection } from './connection.js';
import { documentId } from './document-id.js';
import { EXPIRES_AT } from './fields.js';
import { asRefused, importLines } from './import-lines.js';
import { idFilter } from './search/filter.js';

/** What the calls about one record work with. */
export interface SingleContext {
  readonly connection: Connection;
  /** Path of the collection's documents. */
  readonly path: string;
}

const EXISTS = 409;
const MISSING = 404;

/** Creates a document where there is none, or none that is alive. */
export async function storeIfAbsent(
  { id, value }: EncodedRecord<string>,
  attempt: Attempt,
  context: SingleContext,
): Promise<boolean> {
  if ((await importOne(value, 'create', attempt, context)) !== EXISTS) return true;
  const expired = `${idFilter([id])} && ${EXPIRES_AT}:<=${Date.now()}`;
  if ((await deleteBy(expired, attempt, context)) === 0) return false;
  return (await importOne(value, 'create', attempt, context)) !== EXISTS;
}

/** Changes when a document ends, and nothing else. */
export async function setEnd(
  id: string,
  expiresAt: number,
  attempt: Attempt,
  context: SingleContext,
): Promise<boolean> {
  const line = JSON.stringify({ id: documentId(id), [EXPIRES_AT]: expiresAt });
  return (await importOne(line, 'update', attempt, context)) !== MISSING;
}

/** Deletes what a filter finds, which travels in the URL, and returns how many. */
export async function deleteBy(
  filter_by: string,
  attempt: Attempt,
  { connection, path }: SingleContext,
): Promise<number> {
  const query = { filter_by };
  const { num_deleted } = await connection.requestObject(attempt, { method: 'delete', path, query });
  if (typeof num_deleted !== 'number') throw foreignAnswer('Typesense');
  return num_deleted;
}

/** The code with which the line was refused, undefined where it was taken; throws for any but those that tell what is there. */
async function importOne(
  body: string,
  action: 'create' | 'update',
  attempt: Attempt,
  { connection, path }: SingleContext,
): Promise<number | undefined> {
  const query = { action, dirty_values: 'reject' };
  const answer = await connection.request(attempt, { method: 'post', path: `${path}/import`, query, body });
  const [line] = importLines(answer, 1);
  if (!line || line.success === true) return undefined;
  if (line.code === EXISTS || line.code === MISSING) return line.code;
  throw asRefused(line);
}
