import type { ItemFailure } from '../errors/storage-error.js';

/** What every stored record has in common; an absent `id` is generated (ULID) before the first attempt. */
export interface StorageRecord {
  /** Unique within the adapter's namespace. */
  readonly id?: string;
}

/** A record as it comes back: always with its id, a plain object of what JSON holds and what the backend has columns for. */
export type Stored<R extends StorageRecord> = R & { readonly id: string };

/** What every query has in common. */
export interface StorageQuery {
  /** Most items in one page, 1 to 1 000; default 50. */
  readonly limit?: number | undefined;
  /** Where the previous page ended; opaque, from `SearchPage.cursor` of the same query. */
  readonly cursor?: string | undefined;
}

/** One page of a search. */
export interface SearchPage<Item> {
  /** In the query's order; without those that `failures` names. */
  readonly items: readonly Item[];
  /** Stored values of this page that cannot be read, by their place on it; absent where there are none. */
  readonly failures?: readonly ItemFailure[];
  /** Pass it on to get the next page; absent on the last page. */
  readonly cursor?: string;
}
