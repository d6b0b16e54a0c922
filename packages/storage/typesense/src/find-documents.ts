import type { Attempt } from '@drydock/storage';
import type { Document } from './codec.js';
import type { ResolvedConfig } from './config.js';
import type { Connection } from './connection.js';
import { idFilter } from './search/filter.js';
import { multiSearch } from './search/search.js';

/** Most hits that the server gives in one answer. */
const IDS_PER_SEARCH = 250;

/** Documents of these records that are alive, as many searches in one request as it takes; all their fields, or those named. */
export async function findDocuments(
  { connection, config }: { readonly connection: Connection; readonly config: ResolvedConfig },
  { ids, fields }: { readonly ids: readonly string[]; readonly fields: string | undefined },
  attempt: Attempt,
): Promise<Document[]> {
  const now = Date.now();
  const parts = Array.from({ length: Math.ceil(ids.length / IDS_PER_SEARCH) }, (_, n) =>
    ids.slice(n * IDS_PER_SEARCH, (n + 1) * IDS_PER_SEARCH),
  );
  const searches = parts.map((part) => ({
    q: '*',
    filter_by: idFilter(part, now),
    per_page: IDS_PER_SEARCH,
    ...(fields !== undefined && { include_fields: fields }),
  }));
  const results = await multiSearch(connection, config, searches, attempt);
  return results.flatMap(({ hits = [] }) => hits.map(({ document }) => document));
}
