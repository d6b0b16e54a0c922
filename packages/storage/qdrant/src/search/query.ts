import type { StorageQuery, Stored } from '@drydock/storage';
import { PAGE, type Shape } from '@drydock/storage/backend-kit';
import type { Schemas } from '@qdrant/js-client-rest';
import type { QdrantRecord } from '../codec.js';

/** Qdrant's own filter; keys are the records' properties, and the ids in `has_id` are the records' ids. */
export type QdrantFilter = Schemas['Filter'];

/** What to search for. */
export interface QdrantQuery extends StorageQuery {
  /** Nearest first to this vector, or to that of a stored record, which is left out; default: all, by internal id. */
  readonly near?: readonly number[] | { readonly id: string };
  /** Must hold; default: every record. */
  readonly filter?: QdrantFilter;
  /** Least score under `Cosine` and `Dot`, greatest under `Euclid` and `Manhattan`, itself excluded; default: none. */
  readonly scoreThreshold?: number;
  /** How the index is used, such as `{ exact: true }`; default: the server's. */
  readonly params?: Schemas['SearchParams'];
  /** Whether the records found come with their vectors; default false. */
  readonly withVector?: boolean;
}

/** A record found; `_score` is there when the query said `near`. */
export type QdrantItem<R extends QdrantRecord> = Stored<R> & { readonly _score?: number };

/** What a query may hold. */
export function queryShape(): Shape<QdrantQuery> {
  return QUERY;
}

const QUERY: Shape<QdrantQuery> = {
  ...PAGE,
  near: 'list|object|string',
  filter: 'any',
  scoreThreshold: 'number',
  params: 'object',
  withVector: 'boolean',
};
