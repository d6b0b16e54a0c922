import type { SearchPage, StorageQuery, Stored } from '@drydock/storage';
import { PAGE, type Shape } from '@drydock/storage/backend-kit';
import type { TypesenseRecord } from '../codec.js';
import type { TypesenseFilter } from './filter.js';

/** What to be near to. */
export interface NearVector {
  /** Name of the field. */
  readonly field: string;
  /** As many numbers as the field has dimensions. */
  readonly vector: readonly number[];
}

/** What to search for. A page holds 250 records at most, whatever `limit` says. */
export interface TypesenseQuery extends StorageQuery {
  /** Words to find, best match first; words in front of which a `-` stands must be missing; default: every record. */
  readonly text?: string;
  /** Fields to find the words in, most important first; default: all fields of text. */
  readonly by?: readonly string[];
  /** Most typos a word may have, 0 to 2; default: the server's, 2. */
  readonly typos?: number;
  /** Whether the last word may be the beginning of one; default: the server's, true. */
  readonly prefix?: boolean;
  /** Nearest first to this vector; together with `text` both count. */
  readonly near?: NearVector;
  /** Must hold; default: every record. */
  readonly filter?: TypesenseFilter;
  /** Order, such as `['year:desc']`, of at most two fields; default: best first, or a fixed order where nothing ranks. */
  readonly sort?: readonly string[];
  /** Facet fields whose values are counted over all that is found. */
  readonly facets?: readonly string[];
  /** Whether the records found come with their vectors; default false. */
  readonly withVector?: boolean;
  /** Further parameters of Typesense's own, such as `{ drop_tokens_threshold: 0 }`; those that this adapter sets are refused. */
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

/** Parameters that a search sets in any case. */
export const OWN_PARAMETERS: readonly string[] = [
  'collection',
  'q',
  'query_by',
  'filter_by',
  'exclude_fields',
  'page',
  'per_page',
];

/** A record found, with what the search says of it. */
export type TypesenseItem<R extends TypesenseRecord> = Stored<R> & {
  /** How well the words match: higher is better; there when the query said `text`. */
  readonly _score?: number;
  /** Distance to the vector: lower is nearer; there when the query said `near`. */
  readonly _distance?: number;
  /** Parts of fields with the words found in `<mark>` elements; the text around them is not escaped. */
  readonly _highlights?: Readonly<Record<string, readonly string[]>>;
};

/** How often a facet field has a value. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** One page of a search. */
export interface TypesensePage<R extends TypesenseRecord> extends SearchPage<TypesenseItem<R>> {
  /** How many records the query finds on this page and those after it, or on all pages where they are ranked. */
  readonly found: number;
  /** Counts by field, most frequent first; of the fields that the query named. */
  readonly facets: Readonly<Record<string, readonly FacetCount[]>>;
}

/** What a query may hold. */
export function queryShape(): Shape<TypesenseQuery> {
  return QUERY;
}

const QUERY: Shape<TypesenseQuery> = {
  ...PAGE,
  text: 'string',
  by: 'list',
  typos: 'number',
  prefix: 'boolean',
  near: 'object',
  filter: 'any',
  sort: 'list',
  facets: 'list',
  withVector: 'boolean',
  params: 'object',
};
