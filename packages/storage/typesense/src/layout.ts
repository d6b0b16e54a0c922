import type { Attempt } from '@drydock/storage';
import { notMigrated } from '@drydock/storage/backend-kit';
import type { Document } from './codec.js';
import type { ResolvedConfig } from './config.js';
import type { Connection } from './connection.js';
import { toFault } from './errors.js';
import { covered, exactNames, exactTokens } from './exact.js';
import { EXACT } from './fields.js';
import { asRefused, importLines } from './import-lines.js';
import { multiSearch, type SearchParameters } from './search/search.js';

const PAGE = 250;
const PARTS = 'what exact conditions look at, in records of an older version or of other `fields`,';

/**
 * Gives the records of older versions, and those written before a field was declared, what exact conditions look at.
 * Goes on where an earlier attempt ended. Refuses where it may not change anything.
 */
export async function moveRecords(
  connection: Connection,
  config: ResolvedConfig,
  attempt: Attempt,
): Promise<void> {
  if (exactNames(config.fields).length === 0) return;
  for (;;) {
    const old = await find(connection, config, { filter_by: uncovered(config) }, attempt);
    if (old.length === 0) return;
    if (!config.migrate || config.searchOnly) throw notMigrated(PARTS);
    await cover(connection, config, old, attempt);
  }
}

/** Writes the companions of these documents, until they are those of what the documents hold now. */
async function cover(
  connection: Connection,
  config: ResolvedConfig,
  documents: readonly Document[],
  attempt: Attempt,
): Promise<void> {
  let stale = documents;
  while (stale.length > 0) {
    await update(connection, config, stale, attempt);
    // Somebody may have replaced one in between, whose companion would be of what it held before.
    const ids = stale.map(({ id }) => `\`${id}\``).join(',');
    const now = await find(connection, config, { filter_by: `id:[${ids}]` }, attempt);
    stale = now.filter((document) => !sameTokens(document[EXACT], exactTokens(config.fields, document)));
  }
}

async function update(
  connection: Connection,
  config: ResolvedConfig,
  documents: readonly Document[],
  attempt: Attempt,
): Promise<void> {
  const answer = await connection.request(attempt, {
    method: 'post',
    path: `/collections/${encodeURIComponent(config.collection)}/documents/import`,
    query: { action: 'update', dirty_values: 'reject', batch_size: documents.length },
    body: documents
      .map((document) => JSON.stringify({ id: document.id, [EXACT]: exactTokens(config.fields, document) }))
      .join('\n'),
  });
  for (const line of importLines(answer, documents.length)) {
    // Deleted in between.
    if (line.success !== true && line.code !== 404) throw asRefused(line);
  }
}

async function find(
  connection: Connection,
  config: ResolvedConfig,
  search: SearchParameters,
  attempt: Attempt,
): Promise<Document[]> {
  const fields = ['id', EXACT, ...exactNames(config.fields)].join(',');
  const searches = [{ q: '*', per_page: PAGE, include_fields: fields, ...search }];
  const results = await multiSearch(connection, config, searches, attempt).catch(unlessNoField);
  return results.flatMap(({ hits = [] }) => hits.map(({ document }) => document));
}

function uncovered({ fields }: ResolvedConfig): string {
  return exactNames(fields)
    .map((name) => covered(name, false))
    .join(' || ');
}

/** The companion itself is missing from the collection. */
function unlessNoField(error: unknown): never {
  const { kind, code } = toFault(error, true);
  throw kind === 'query' && code === 'HTTP_404' ? notMigrated(PARTS) : error;
}

function sameTokens(found: unknown, wanted: readonly string[]): boolean {
  return Array.isArray(found) && found.length === wanted.length && wanted.every((one) => found.includes(one));
}
