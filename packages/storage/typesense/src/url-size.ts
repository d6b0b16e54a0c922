import { invalid } from '@drydock/storage/backend-kit';
import { documentId } from './document-id.js';

/** The ids to delete travel in the URL; the server takes far more, what stands before it may not. */
const MAX_URL_BYTES = 48 * 1024;
const MAX_ID_BYTES = MAX_URL_BYTES - 1024;
/** Two backticks and a comma, encoded. */
const QUOTES_BYTES = 9;

/** Throws for an id that fits into no URL. */
export function checkIdSize(id: string): void {
  if (urlBytes(id) <= MAX_ID_BYTES) return;
  throw invalid('data', 'ID_TOO_LONG', `an id must fit into ${MAX_ID_BYTES} bytes of a URL`);
}

/** Cuts ids into lists that fit into a URL. */
export function fittingLists(ids: readonly string[]): string[][] {
  const lists: string[][] = [];
  let left = 0;
  for (const id of ids) {
    const bytes = urlBytes(id) + QUOTES_BYTES;
    if (bytes > left) {
      lists.push([]);
      left = MAX_URL_BYTES;
    }
    lists.at(-1)?.push(id);
    left -= bytes;
  }
  return lists;
}

function urlBytes(id: string): number {
  return encodeURIComponent(documentId(id)).length;
}
